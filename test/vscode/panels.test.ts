import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { EventLog } from "../../src/maps/events/eventLog";
import { mapsPlace } from "../../src/maps/folder/place";
import { writePlanes } from "../../src/maps/reconstructions/planesFile";
import { epochEvent, startEvent, writeMapsFixture } from "../support/mapsFixture";
import { keptBrain } from "../support/webview/keptImages";
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

describe("the panel of a training that has ended", () => {
  let done: string;
  const panel = () => workbench.webview();
  const next = (name: string) =>
    panel().getByRole("region", { name: "What next" }).getByRole("button", { name });
  const question = () => workbench.page.locator(".quick-input-widget:visible .quick-input-title");
  const openPanel = () =>
    workbench.host(async (api, path: string) => {
      await api.commands.executeCommand("workbench.action.closeAllEditors");
      await api.commands.executeCommand("gyrus.openPanel", path);
    }, done);

  beforeAll(async () => {
    done = join(folder, "maps_done");
    writeMapsFixture(done, { epochs: 1 });
    mkdirSync(join(mapsPlace(done).groups, "test"));
    const place = mapsPlace(done).split(0).network();
    rmSync(place.eventsJsonl);
    const log = EventLog.open(place.eventsJsonl);
    const told = { participantId: "sub-1", sessionId: "ses-1", part: null, loss: 0.1, metrics: { MAE: 0.1 } };
    log.append(startEvent(0));
    log.append(epochEvent(0));
    log.append({ kind: "reconstruction", epoch: 0, images: [{ name: "sub-1_ses-1_image", ...told }] });
    log.append({ kind: "end", reason: "completed", epochs: 1, batches: 0, message: "" });
    log.close();
    await writePlanes(place.reconstructionPlanes(0), [keptBrain(0, 1)]);
    for (const [i, kind] of ["input", "output", "difference"].entries()) {
      const data = Float32Array.from({ length: 8 ** 3 }, (_, voxel) => (i + 1) * ((voxel % 17) - 4.5));
      const file = join(place.reconstructionVolumes, `sub-1_ses-1_image_${kind}.nii.gz`);
      await writeNifti(file, { shape: [8, 8, 8], data });
    }
    await workbench.treeItem(/^maps_done, finished/).waitFor();
  });

  it.each([
    ["Predict New Data", /^Predict New Data/],
    ["Results", /^$|Which data group/],
    ["Explain", /^Explain Predictions/],
    ["Compare with …", /^Compare experiments/],
  ])("asks what the command asks: %s", async (name, title) => {
    await openPanel();
    await next(name).click();
    await question().filter({ hasText: title }).waitFor();
    await workbench.page.keyboard.press("Escape");
    await question().waitFor({ state: "hidden" });
  });

  it("makes an experiment that begins with its weights, and one to be changed", async () => {
    await openPanel();
    await next("Use as Starting Point").click();
    await workbench.editorTab(/^from-done\.experiment\.json/).waitFor();
    const file = JSON.parse(readFileSync(join(folder, "from-done.experiment.json"), "utf8"));
    expect(file).toMatchObject({ transfer_path: "maps_done", transfer_selection_metric: "BA" });
    await openPanel();
    await next("Train Again with Changes").click();
    await workbench.editorTab(/^done-changed\.experiment\.json/).waitFor();
  });

  it("opens a reconstruction and its difference over the image", async () => {
    await openPanel();
    await panel()
      .getByRole("button", { name: /^Open in Viewer: sub-1/ })
      .click();
    await workbench.editorTab(/^sub-1_ses-1_image_input\.nii\.gz/).waitFor();
    for (const kind of ["output", "difference"])
      await panel()
        .getByRole("group", { name: `sub-1_ses-1_image_${kind}.nii.gz` })
        .getByRole("img", { name: /^Colours of/ })
        .waitFor();
  });
});
