import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FollowedLogs, flatten, readComparedRun } from "../../../../src/extension/panels/compare/comparedRun";
import { type CompareEditor, CompareSession } from "../../../../src/extension/panels/compare/compareSession";
import { EventLog } from "../../../../src/maps/events/eventLog";
import { mapsPlace } from "../../../../src/maps/folder/place";
import type { ComparedRun, ToCompare } from "../../../../webview/compare/messages";
import { wait } from "../../../support/effort";
import { epochEvent, writeMapsFixture } from "../../../support/mapsFixture";
import { describeWithReference, reference } from "../../../support/reference";

describeWithReference("a MAPS of ClinicaDL in a comparison", ["reference/maps_image"], () => {
  const maps = reference("reference/maps_image");

  it("has settings and results, and why it has no curves", async () => {
    const run = await readComparedRun(maps, "0.1.0");
    expect(run).toMatchObject({
      name: "maps_image",
      selectionMetrics: ["loss", "BA"],
      live: false,
      problems: [expect.stringContaining("training.tsv holds no epoch")],
    });
    expect(run.settings).toMatchObject({
      architecture: "Conv5_FC3",
      learning_rate: "0.001",
      "preprocessing_dict.mode": "image",
      "label_code.AD": "0",
    });
    // Its training.tsv holds a header alone: the results come from the tables of the best models.
    const { BA, loss } = run.tracks[0]?.results.loss ?? {};
    const table = readFileSync(
      `${maps}/split-0/best-loss/validation/validation_image_level_metrics.tsv`,
      "utf8",
    );
    const [names = [], values = []] = table.split("\n").map((line) => line.split("\t"));
    expect(BA).toBe(Number(values[names.indexOf("BA")]));
    // 9 images in batches of 4: ClinicaDL writes the sum of three means.
    expect(loss).toBeCloseTo(Number(values[names.indexOf("loss")]) / 3, 12);
  });

  it("is served once with the others, and leaves when it is removed", async () => {
    const sent: ToCompare[] = [];
    const gone = reference("reference/no-such-maps");
    const session = new CompareSession(
      [maps, maps, gone],
      {},
      (message) => {
        // Which data groups there are is told beside it, when they are read.
        if (message.kind !== "groups") sent.push(message);
      },
      "0.1.0",
      editor,
    );
    await session.receive(hello);
    while (sent.length < 3) await delay(20);
    await session.receive({ kind: "remove", maps: gone });
    session.hidden();
    expect(sent.map(({ kind }) => kind)).toEqual(["welcome", "run", "run", "maps"]);
    expect(sent[2]).toMatchObject({
      run: { status: "missing", tracks: [], problems: ["The folder is not there any more."] },
    });
    expect(sent[3]).toEqual({ kind: "maps", maps: [maps] });
  });
});

const hello = { kind: "hello" } as const;
const editor: CompareEditor = {
  open: () => Promise.reject(new Error("opens nothing")),
  save: () => Promise.reject(new Error("saves nothing")),
};

describe("a comparison", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gyrus compare é-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("says that a run was deleted while it was compared, and goes on with the others", async () => {
    const [one, two] = ["maps_<b> n° 1", "maps_two"].map((name) => join(folder, name));
    writeMapsFixture(one!);
    writeMapsFixture(two!, { end: null, epochs: 2 });
    const runs = new Map<string, ComparedRun>();
    const session = new CompareSession(
      [one!, two!],
      {},
      (message) => void (message.kind === "run" && runs.set(message.run.maps, message.run)),
      "0.1.0",
      editor,
    );
    await session.receive(hello);
    await vi.waitFor(() => expect(runs.size).toBe(2), wait);
    rmSync(one!, { recursive: true });
    await vi.waitFor(
      () => expect(runs.get(one!)).toMatchObject({ name: "maps_<b> n° 1", status: "missing" }),
      wait,
    );
    const log = EventLog.open(mapsPlace(two!).split(0).network().eventsJsonl);
    log.append(epochEvent(2));
    log.close();
    await vi.waitFor(() => expect(runs.get(two!)?.tracks[0]?.positions).toHaveLength(3), wait);
    session.dispose();
  });

  it("reads a log on from where it was, to the same run", async () => {
    const maps = join(folder, "maps");
    writeMapsFixture(maps, { end: null, epochs: 2 });
    const logs = new FollowedLogs();
    for (const epoch of [2, 3]) {
      const log = EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl);
      log.append(epochEvent(epoch));
      log.close();
      const run = await readComparedRun(maps, "0.1.0", logs);
      expect(run.tracks[0]?.positions).toHaveLength(epoch + 1);
      expect(run).toEqual(await readComparedRun(maps, "0.1.0"));
    }
    // What is deleted is not told from memory.
    rmSync(mapsPlace(maps).split(0).network().eventsJsonl);
    expect((await readComparedRun(maps, "0.1.0", logs)).tracks[0]?.positions ?? []).toHaveLength(0);
  });

  it("shows what can be read of a MAPS that is damaged: half a maps.json, a torn line, another version", async () => {
    const maps = join(folder, "maps");
    writeMapsFixture(maps, { end: null, epochs: 2 });
    appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, '{"kind":"epoch","seq":');
    expect(await readComparedRun(maps, "0.0.1")).toMatchObject({
      tracks: [{ epochs: Float64Array.of(0, 1) }],
      problems: [expect.stringContaining("Gyrus 0.1.0")],
    });
    writeFileSync(mapsPlace(maps).mapsJson, '{"network_task":');
    expect(await readComparedRun(maps, "0.1.0")).toMatchObject({
      tracks: [{ epochs: Float64Array.of(0, 1) }],
      problems: [expect.stringContaining("maps.json")],
    });
  });
});

it("flattens nested settings, and keeps lists and empty objects as text", () => {
  expect(flatten({ a: { b: 1, c: { d: "x" } }, e: [1, 2], f: {}, g: null })).toEqual({
    "a.b": "1",
    "a.c.d": "x",
    e: "[1,2]",
    f: "{}",
    g: "null",
  });
});
