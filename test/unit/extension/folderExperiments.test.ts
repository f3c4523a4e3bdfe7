import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Uri } from "vscode";
import { FolderExperiments } from "../../../src/extension/experiments/folderExperiments";
import type { MapsView } from "../../../src/extension/experiments/mapsView";
import type { RunState } from "../../../src/run/state";
import { mapsView } from "../../support/mapsViews";

/** Answers of a reader whose files say what the test wants, when it wants. */
class SlowReader {
  readonly searches: ((maps: readonly string[]) => void)[] = [];
  readonly readings: { readonly maps: string; readonly answer: (view: MapsView | null | Error) => void }[] =
    [];

  find(): Promise<{ maps: readonly string[]; files: readonly string[] }> {
    return new Promise((resolve) => this.searches.push((maps) => resolve({ maps, files: [] })));
  }

  read(maps: string): Promise<MapsView | null> {
    return new Promise((resolve, reject) => {
      const answer = (view: MapsView | null | Error) =>
        view instanceof Error ? reject(view) : resolve(view);
      this.readings.push({ maps, answer });
    });
  }
}

const folder = join("/", "data");
const maps = join(folder, "maps_demo");
const view = (status: RunState) => mapsView({ maps, status });

let reader: SlowReader;
let store: FolderExperiments;

beforeEach(() => {
  reader = new SlowReader();
  store = new FolderExperiments({ uri: Uri.file(folder), name: "data", index: 0 }, reader);
});
afterEach(() => store.dispose());

const nextReading = (index: number) => expect.poll(() => reader.readings.length).toBe(index + 1);
const status = () => store.view(maps)?.status;

/** Searches, and finds `maps`. */
async function found(first: RunState): Promise<void> {
  const search = store.search();
  reader.searches[0]!([maps]);
  await nextReading(0);
  expect(status()).toBe("unread");
  reader.readings[0]!.answer(view(first));
  await search;
  expect(status()).toBe(first);
}

describe("the experiments of a folder", () => {
  it("are shown by the reading that began last, in whichever order they end", async () => {
    await found("running");
    const earlier = store.readNow(maps);
    const later = store.readNow(maps);
    reader.readings[2]!.answer(view("interrupted"));
    await later;
    reader.readings[1]!.answer(view("running"));
    await earlier;
    expect(status()).toBe("interrupted");
  });

  it("are read again after a reading that failed", async () => {
    await found("running");
    const refresh = store.refresh();
    reader.searches[1]!([maps]);
    await nextReading(1);
    reader.readings[1]!.answer(new Error("the program was replaced"));
    await expect(refresh).rejects.toThrow("the program was replaced");
    store.touch(maps);
    await nextReading(2);
    reader.readings[2]!.answer(view("finished"));
    await expect.poll(status).toBe("finished");
  });

  it("keep a MAPS that appears while they are searched", async () => {
    await found("finished");
    const search = store.search();
    const late = join(folder, "maps_late");
    const reading = store.readNow(late);
    reader.readings[1]!.answer(mapsView({ maps: late, status: "running" }));
    await reading;
    reader.searches[1]!([maps]);
    await search;
    expect(store.view(late)?.status).toBe("running");
  });

  it("keep what a search did not reach, and forget what is gone", async () => {
    await found("finished");
    const deep = store.search();
    reader.searches[1]!([]);
    await nextReading(1);
    reader.readings[1]!.answer(view("finished"));
    await deep;
    expect(status()).toBe("finished");
    const gone = store.search();
    reader.searches[2]!([]);
    await nextReading(2);
    reader.readings[2]!.answer(null);
    await gone;
    expect(status()).toBeUndefined();
  });
});
