import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EventLog } from "../../src/maps/events/eventLog";
import { mapsPlace } from "../../src/maps/folder/place";
import { writeMapsFixture } from "../support/mapsFixture";
import { imagineRun } from "../support/webview/trainingRun";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let folder: string;
let maps: string;
let workbench: Workbench;

const events = imagineRun({ epochsDone: 6, batchesPerEpoch: 5 });

/** Goes on writing the log of the MAPS, as its trainer does. */
function write(count: { readonly from: number; readonly to: number }): void {
  const log = EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl);
  for (const { seq: _seq, time: _time, ...body } of events.slice(count.from, count.to)) log.append(body);
  log.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus panels-"));
  maps = join(folder, "maps_étude");
  // The log is written by hand; this process plays the trainer that is alive.
  writeMapsFixture(maps, { epochs: 0, end: null });
  rmSync(mapsPlace(maps).split(0).network().eventsJsonl);
  write({ from: 0, to: 13 });
  writeFileSync(
    join(folder, "patches.experiment.json"),
    JSON.stringify({
      caps_directory: "caps",
      tsv_path: "split",
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 50 },
    }),
  );
  editor = await startEditor();
  workbench = await editor.open(folder);
  await workbench.openGyrus();
  await workbench.treeItem(/^maps_étude/).waitFor();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the training panel", () => {
  const rows = () => workbench.webview().getByRole("table", { name: "Epochs" }).getByRole("row");

  it("shows what was trained, and what is trained now", async () => {
    await workbench.runCommand("Gyrus: Open Training Panel");
    await workbench.webview().getByRole("heading", { level: 1, name: "maps_étude" }).waitFor();
    await expect.poll(() => rows().count()).toBe(1 + 2);
    write({ from: 13, to: 19 });
    await expect.poll(() => rows().count()).toBe(1 + 3);
  });

  it("comes back after a reload, with nothing lost and nothing twice", async () => {
    write({ from: 19, to: 25 });
    await workbench.reload();
    await expect.poll(() => rows().count(), { timeout: 300_000 }).toBe(1 + 4);
    write({ from: 25, to: events.length });
    await expect.poll(() => rows().count()).toBe(1 + 6);
  });
});

describe("the views of networks", () => {
  it("draw the network of an experiment file, and its transposition", async () => {
    await workbench.runCommand("Gyrus: Show Architecture");
    await workbench
      .webview()
      .getByRole("tree", { name: /^Diagram of Conv5_FC3/ })
      .waitFor();
    await workbench.webview().getByText("1 @ 50 × 50 × 50").first().waitFor();
    await workbench.webview().getByRole("button", { name: "Show its transposition" }).click();
    await workbench
      .webview()
      .getByRole("tree", { name: /^Transposition of AE_Conv5_FC3/ })
      .waitFor();
  });

  it("follow the experiment file when it is saved", async () => {
    await workbench.editorTab(/^Architecture/).click();
    const file = join(folder, "patches.experiment.json");
    writeFileSync(
      file,
      JSON.stringify({ caps_directory: "caps", tsv_path: "split", architecture: "Stride_Conv5_FC3" }),
    );
    await workbench
      .webview()
      .getByRole("tree", { name: /^Diagram of Stride_Conv5_FC3/ })
      .waitFor();
  });
});
