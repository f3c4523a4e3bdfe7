import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { isRunning } from "../../src/maps/units/processIdentity";
import { readRun } from "../../src/maps/units/records";
import { type Editor, fakeTrainer, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let workbench: Workbench;

const experiment = JSON.stringify({ caps_directory: "caps", tsv_path: "split" });
const file = (name: string) =>
  workbench.view("Experiment Files").getByRole("treeitem", { name, exact: true });
const maps = (name: string) => join(workspace, `maps_${name}`);

const events = (name: string) =>
  readFileSync(mapsPlace(maps(name)).split(0).network().eventsJsonl, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Numbers of the events in a log, in their order. */
const sequence = (name: string) => events(name).map(({ seq }) => seq);

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "gyrus training-"));
  for (const name of ["quick", "slow", "slow reload", "slow kill", "refuses", "hangs", "crashes"]) {
    writeFileSync(join(workspace, `${name}.experiment.json`), experiment);
  }
  editor = await startEditor({
    settings: { "gyrus.nodePath": await fakeTrainer(), "gyrus.openPanelOnTrain": false },
  });
  workbench = await editor.open(workspace);
  await workbench.openGyrus();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true });
});

describe("training from the tree", () => {
  it("goes from the button to a finished MAPS", async () => {
    await workbench.pressInline(file("quick"), "Train");
    await workbench.treeItem(/^maps_quick, finished/).waitFor();
    await workbench.notification(/maps_quick has finished training\..*BA 0\.875, loss 0\.250/).waitFor();
    expect(readFileSync(mapsPlace(maps("quick")).trainerLog, "utf8")).toContain("epoch 3\n");
  });

  it("stops after the batch or the epoch, and goes on where it stopped", async () => {
    await workbench.pressInline(file("slow"), "Train");
    const row = workbench.treeItem(/^maps_slow,/);
    await workbench.treeItem(/^maps_slow, epoch [1-9]/).waitFor();
    await workbench.pressInline(row, "Stop");
    await workbench.treeItem(/^maps_slow, stopped/).waitFor();
    expect(events("slow").at(-1)).toMatchObject({ message: "Asked to stop after this batch." });
    await workbench.pressInNotification(/maps_slow has stopped/, "Resume");
    await workbench.treeItem(/^maps_slow, epoch [3-9]/).waitFor();
    expect((await readRun(mapsPlace(maps("slow")).split(0).network().runJson))?.end).toBeNull();
    await workbench.chooseFromMenu(row, "Stop after This Epoch");
    await workbench.treeItem(/^maps_slow, stopped/).waitFor();
    expect(events("slow").at(-1)).toMatchObject({ message: "Asked to stop after this epoch." });
    const numbers = sequence("slow");
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it("outlives a reload of the window, which finds it again", async () => {
    await workbench.pressInline(file("slow reload"), "Train");
    await workbench.treeItem(/^maps_slow reload, epoch 1/).waitFor();
    const before = await readRun(mapsPlace(maps("slow reload")).split(0).network().runJson);
    await workbench.reload();
    await workbench.openGyrus();
    await workbench.treeItem(/^maps_slow reload, epoch [2-9]/).waitFor();
    expect((await readRun(mapsPlace(maps("slow reload")).split(0).network().runJson))?.pid).toBe(before?.pid);
    await workbench.pressInline(workbench.treeItem(/^maps_slow reload/), "Stop");
    await workbench.treeItem(/^maps_slow reload, stopped/).waitFor();
    const numbers = sequence("slow reload");
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it("waits for its turn, also over a reload, and may be taken out of the queue", async () => {
    await workbench.pressInline(file("slow kill"), "Train");
    await workbench.treeItem(/^maps_slow kill, epoch/).waitFor();
    await workbench.pressInline(file("quick"), "Train");
    await workbench.treeItem("maps_quick_2, waiting in the queue, place 1").waitFor();
    await workbench.reload();
    await workbench.openGyrus();
    const queued = workbench.treeItem("maps_quick_2, waiting in the queue, place 1");
    await queued.waitFor();
    await workbench.pressInline(queued, "Cancel Training");
    await queued.waitFor({ state: "detached" });
  });

  it("may begin at once, whatever else trains", async () => {
    await workbench.pressInline(file("quick"), "Train");
    const queued = workbench.treeItem("maps_quick_2, waiting in the queue, place 1");
    await workbench.chooseFromMenu(queued, "Start at Once");
    await workbench.treeItem(/^maps_quick_2, finished/).waitFor();
    await workbench.treeItem(/^maps_slow kill, epoch/).waitFor();
  });

  it("shows a trainer that was killed as interrupted, with the way on", async () => {
    const run = await readRun(mapsPlace(maps("slow kill")).split(0).network().runJson);
    process.kill(run!.pid, "SIGKILL");
    await workbench.treeItem(/^maps_slow kill, interrupted/).waitFor();
    await workbench
      .notification(/maps_slow kill was interrupted/)
      .getByRole("button", { name: "Resume" })
      .waitFor();
  });
});

describe("killing from the tree", () => {
  it("ends the trainer once it was confirmed, and leaves the way on", async () => {
    await workbench.pressInNotification(/maps_slow kill was interrupted/, "Resume");
    const row = workbench.treeItem(/^maps_slow kill, epoch/);
    await row.waitFor();
    const run = await readRun(mapsPlace(maps("slow kill")).split(0).network().runJson);
    await workbench.chooseFromMenu(row, "Kill the Trainer");
    const question = workbench.page.locator(".monaco-dialog-box", { hasText: "Kill the trainer of" });
    await question.getByRole("button", { name: "Kill", exact: true }).click();
    await workbench.treeItem(/^maps_slow kill, interrupted/).waitFor();
    expect(await isRunning({ ...run!, host: hostname() })).toBe(false);
  });
});

describe("a trainer that fails", () => {
  it("by bad input is quoted, and leaves nothing behind", async () => {
    await workbench.pressInline(file("refuses"), "Train");
    await workbench
      .notification(
        /maps_refuses was not trained\. .*the folder \/nowhere does not exist\. Correct the path\./,
      )
      .waitFor();
    expect(existsSync(maps("refuses"))).toBe(false);
  });

  it("by never beginning can be cancelled, and leaves nothing behind", async () => {
    await workbench.pressInline(file("hangs"), "Train");
    const row = workbench.treeItem("maps_hangs, starting");
    await row.waitFor();
    await workbench.pressInline(row, "Cancel Training");
    await row.waitFor({ state: "detached" });
    await expect.poll(() => existsSync(maps("hangs"))).toBe(false);
  });

  it("by crashing is shown as interrupted", async () => {
    await workbench.pressInline(file("crashes"), "Train");
    await workbench.treeItem(/^maps_crashes, interrupted/).waitFor();
  });

  it("by never starting is told with the setting to change", async () => {
    await workbench.host((api) =>
      api.workspace
        .getConfiguration("gyrus")
        .update("nodePath", "/no/such/node", api.ConfigurationTarget.Global),
    );
    await workbench.pressInline(file("quick"), "Train");
    const toast = workbench.notification(/could not be started with \/no\/such\/node/);
    await toast.getByRole("button", { name: "Change Node Path" }).waitFor();
  });
});
