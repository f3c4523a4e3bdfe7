import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Editor, fakeTrainer, repository, startEditor } from "./rig/editor";
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

/** A picture of the walkthrough; any, or that of a step. */
const picture = (title = "") =>
  workbench.webview().locator("svg > title", { hasText: title }).waitFor({ state: "attached" });
const step = (id: string) => workbench.page.locator(`[data-step-id="gyrus.gyrus#start#${id}"]`);
const done = (id: string) =>
  workbench.page.locator(`[data-done-step-id="gyrus.gyrus#start#${id}"][aria-checked="true"]`);
const curves = () => workbench.webview().getByText("Balanced accuracy").first();

async function open(): Promise<void> {
  await workbench.host((api) => api.commands.executeCommand("gyrus.openWalkthrough"));
  await picture();
}

/** Opens a step, sees its picture, and presses its button. */
async function press(id: string, button: string): Promise<void> {
  await open();
  await step(id).click();
  const svg = readFileSync(join(repository, "media", "walkthrough", `${id}.svg`), "utf8");
  await picture(/<title>(.*)<\/title>/.exec(svg)?.[1]);
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
    await workbench
      .webview()
      .getByRole("tree", { name: /^Diagram of Conv5_FC3/ })
      .waitFor();
    await open();
    await done("network").waitFor();
  });

  it("ends with a trained network and its curves", async () => {
    await press("train", "Train");
    await workbench.notification(/maps_quick has finished training/).waitFor();
    await curves().waitFor();
    await press("result", "Open Training Panel");
    await curves().waitFor();
    await open();
    for (const id of ["demo", "network", "train", "result"]) await done(id).waitFor();
    await workbench.screenshot(pictureOf("walkthrough"));
  });

  it("is drawn in the colours of the theme", async () => {
    const worn = (theme: string) =>
      workbench.page.locator(`.monaco-workbench.vscode-theme-defaults-themes-${theme}-json`).waitFor();
    await worn("light_modern");
    await workbench.host((api) =>
      api.workspace.getConfiguration().update("workbench.colorTheme", "Default Dark Modern", true),
    );
    await worn("dark_modern");
    await workbench.screenshot(pictureOf("walkthrough-dark"));
  });
});
