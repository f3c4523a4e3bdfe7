import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Editor, fakeTrainer, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "gyrus walkthrough-"));
  editor = await startEditor({ settings: { "gyrus.nodePath": await fakeTrainer() } });
  workbench = await editor.open(workspace);
  await open();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true });
});

const open = () => workbench.host((api) => api.commands.executeCommand("gyrus.openWalkthrough"));
const step = (id: string) => workbench.page.locator(`[data-step-id="gyrus.gyrus#start#${id}"]`);
const done = (id: string) =>
  workbench.page.locator(`[data-done-step-id="gyrus.gyrus#start#${id}"][aria-checked="true"]`);

/** Opens a step and presses its button. */
async function press(id: string, button: string): Promise<void> {
  await open();
  await step(id).click();
  await step(id).getByRole("button", { name: button, exact: true }).click();
}

describe("the walkthrough", () => {
  it("knows when there is an experiment to train", async () => {
    await step("demo").waitFor();
    expect(await done("demo").count()).toBe(0);
    const experiment = { caps_directory: "caps", tsv_path: "split" };
    writeFileSync(join(workspace, "quick.experiment.json"), JSON.stringify(experiment));
    await done("demo").waitFor();
  });

  it("shows the network", async () => {
    await press("network", "Show Architecture");
    await workbench.editorTab(/quick/).waitFor();
    await open();
    await done("network").waitFor();
  });

  it("ends with a trained network and its curves", async () => {
    await press("train", "Train");
    await workbench.notification(/maps_quick has finished training/).waitFor();
    await press("result", "Open Training Panel");
    await workbench
      .webview()
      .getByText(/Balanced accuracy|BA/)
      .first()
      .waitFor();
    await open();
    for (const id of ["demo", "network", "train", "result"]) await done(id).waitFor();
    await workbench.screenshot(pictureOf("walkthrough"));
  });

  it("is drawn in the colours of the theme", async () => {
    await workbench.host((api) =>
      api.workspace.getConfiguration().update("workbench.colorTheme", "Default Dark Modern", true),
    );
    await workbench.page.locator(".vs-dark").first().waitFor({ state: "attached" });
    await workbench.screenshot(pictureOf("walkthrough-dark"));
  });
});
