import { readFileSync, rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { readRun } from "../../src/maps/units/records";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let workbench: Workbench;

const demo = () => join(workspace, "gyrus-demo");
const maps = () => join(demo(), "maps_demo");
const row = (state: RegExp) => workbench.treeItem(new RegExp(`^maps_demo, ${state.source}`));

/** Opens Predict New Data, names the group (`test` stands in the box), and chooses the images of the demo. */
async function beginPrediction(group?: string): Promise<void> {
  const caps = workbench.option(/^caps, gyrus-demo\/caps/);
  await workbench.chooseAndAnswer(row(/finished/), "Predict New Data", caps, group);
  await caps.click();
}

/** Numbers of the events in the log, in their order. */
const sequence = () =>
  readFileSync(mapsPlace(maps()).split(0).network().eventsJsonl, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).seq);

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "gyrus demo-"));
  editor = await startEditor();
  workbench = await editor.open(workspace);
  await workbench.openGyrus();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true });
});

describe("the demo, from an empty folder, with the real trainer", () => {
  it("gets its brains from the welcome view", async () => {
    await workbench.view().getByRole("button", { name: "Create Demo Data" }).click();
    await workbench.editorTab(/demo\.experiment\.json/).waitFor({ timeout: 300_000 });
    await workbench.page
      .getByText(/images to train \(AD \d+ of \d+ people, CN \d+ of \d+ people\), \d+ to validate/)
      .waitFor();
    await workbench.screenshot(pictureOf("demo-file"));
  });

  it("trains from the tree, and is watched in its panel", async () => {
    const file = workbench.view("Experiment Files").getByRole("treeitem", { name: "demo", exact: true });
    await workbench.pressInline(file, "Train");
    await row(/epoch [1-9]/).waitFor({ timeout: 300_000 });
    await workbench.editorTab("maps_demo").waitFor();
    await workbench
      .webview()
      .getByText(/epochs without improvement/)
      .waitFor();
    await workbench.screenshot(pictureOf("demo-training"));
  });

  it("goes on while the window is reloaded: the panel comes back, no event is lost or doubled", async () => {
    const before = await readRun(mapsPlace(maps()).split(0).network().runJson);
    await workbench.reload();
    await workbench.openGyrus();
    await row(/epoch [2-9]|epoch 1\d/).waitFor({ timeout: 300_000 });
    await workbench.editorTab("maps_demo").click();
    await workbench
      .webview()
      .getByText(/epochs without improvement/)
      .waitFor();
    expect((await readRun(mapsPlace(maps()).split(0).network().runJson))?.pid).toBe(before?.pid);
    const numbers = sequence();
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it("stops on request, and resumes where it stopped", async () => {
    await workbench.pressInline(workbench.treeItem(/^maps_demo/), "Stop");
    await row(/stopped/).waitFor({ timeout: 300_000 });
    const stopped = sequence().length;
    await workbench.pressInline(workbench.treeItem(/^maps_demo/), "Resume");
    await row(/epoch/).waitFor({ timeout: 300_000 });
    await expect.poll(() => sequence().length, { timeout: 300_000 }).toBeGreaterThan(stopped + 3);
    const numbers = sequence();
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it("shows a killed trainer as interrupted, resumes it, and trains to the end", {
    timeout: 1_800_000,
  }, async () => {
    process.kill((await readRun(mapsPlace(maps()).split(0).network().runJson))!.pid, "SIGKILL");
    await row(/interrupted/).waitFor();
    await workbench.pressInline(workbench.treeItem(/^maps_demo/), "Resume");
    await row(/finished/).waitFor({ timeout: 1_700_000 });
    expect(await readdir(join(maps(), "split-0"))).toEqual(expect.arrayContaining(["best-BA", "best-loss"]));
    const numbers = sequence();
    expect(numbers).toEqual(numbers.map((_, index) => index));
    await workbench.screenshot(pictureOf("demo-finished"));
  });

  it("predicts people that nothing has seen, and shows where the answers come from", async () => {
    await beginPrediction();
    await workbench.option(/^test_baseline\.tsv, gyrus-demo\/tsv/).click();
    const results = workbench.webview();
    await results.getByRole("heading", { name: "test in maps_demo" }).waitFor({ timeout: 300_000 });
    await results.getByText("Unseen people").waitFor();
    await results.getByRole("row", { name: /^Balanced accuracy \d\.\d{3} \d\.\d{3} – \d\.\d{3}/ }).waitFor();
    await results.getByRole("row", { name: /^Sensitivity \(AD\) \d\.\d{3}/ }).waitFor();
    await workbench.editorTab(/^test in maps_demo/).waitFor();
    await workbench.screenshot(pictureOf("demo-prediction"));

    await workbench.chooseFromMenu(row(/finished/), "Explain Predictions");
    for (const answer of ["test", /^gradients/, /^AD$/]) await workbench.option(answer).click();
    // The mean map over the mean brain of these people; one click leads to that of one of them.
    await workbench.editorTab(/^gradients-AD of test in maps_demo/).waitFor({ timeout: 300_000 });
    const viewer = workbench.webview();
    await viewer.getByRole("slider", { name: /^Axial plane/ }).waitFor();
    await viewer.getByText("mean_image-0_map.nii.gz").first().waitFor();
    await workbench.screenshot(pictureOf("demo-explanation"));
    await viewer
      .getByRole("row", { name: /sub-demo/ })
      .first()
      .click();
    await viewer
      .getByText(/^sub-demo\d+_ses-\w+_image-0_map\.nii\.gz/)
      .first()
      .waitFor();
  });

  it("warns of people that were trained on, leaves them out, or predicts them when told", async () => {
    const warning = workbench.page.locator(".monaco-dialog-box", {
      hasText: "were in the training or validation sets",
    });
    const answer = async (group: string, button: string) => {
      await beginPrediction(group);
      // Of the other site, whose people have the names of ours.
      await workbench.option(/^test_baseline\.tsv, gyrus-demo\/more\/second-site/).click();
      await warning.waitFor({ timeout: 300_000 });
      await workbench.screenshot(pictureOf(`demo-${group}`));
      await warning.getByRole("button", { name: button }).click();
      await workbench
        .webview()
        .getByRole("heading", { name: `${group} in maps_demo` })
        .waitFor({ timeout: 300_000 });
    };
    await answer("others", "Leave Them Out");
    await workbench
      .webview()
      .getByText(/of the table (is|are) left out/)
      .waitFor();
    await answer("leak", "Predict All the Same");
  });

  it("predicts people whose diagnosis the networks do not know, without labels, when told", async () => {
    const tables = join(demo(), "tsv/split");
    const known = await readFile(join(tables, "test_baseline.tsv"), "utf8");
    await writeFile(join(tables, "mci.tsv"), known.replaceAll(/\t(AD|CN)$/gm, "\tMCI"));
    await beginPrediction("mci");
    await workbench.option(/^mci\.tsv, gyrus-demo\/tsv/).click();
    const refusal = /mci was not predicted\..*No row has one of the diagnoses AD, CN/;
    await workbench.pressInNotification(refusal, "Predict Without Labels");
    await workbench
      .webview()
      .getByRole("heading", { name: "mci in maps_demo" })
      .waitFor({ timeout: 300_000 });
  });
});
