import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/extension/commands/commandTable";
import { fakeTensorFlow } from "../support/fakeTensorFlow";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let engines: string;
let workbench: Workbench;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "gyrus commands-"));
  engines = mkdtempSync(join(tmpdir(), "gyrus engines-"));
  fakeTensorFlow(engines, "@tensorflow/tfjs-node-gpu", "on the CPU");
  editor = await startEditor({ settings: { "gyrus.engineFolders": [engines] } });
  workbench = await editor.open(workspace);
  await workbench.openGyrus();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  for (const folder of [workspace, engines]) rmSync(folder, { recursive: true });
});

/** What can be seen of a command: a question, a message, another editor or view. */
const visible = () =>
  workbench.page.locator(
    ".quick-input-widget:visible, .notification-toast:visible, .monaco-dialog-box:visible",
  );

describe("in an empty folder, from the palette", () => {
  it("every command of the manifest is registered", async () => {
    const registered = () => workbench.host((api) => api.commands.getCommands(true));
    const contributed = COMMANDS.map((name) => `gyrus.${name}`);
    await expect.poll(registered).toEqual(expect.arrayContaining(contributed));
  });

  const silent = [
    "refresh",
    "showArchitecture",
    "showTransposition",
    "openLog",
    "openWalkthrough",
    "doctor",
    "createDemo",
    "openRuns",
    // It stands in the palette only where there is a filter.
    "clearExperimentFilter",
    // And these only where something is archived.
    "showArchived",
    "hideArchived",
  ];
  it.each(COMMANDS.filter((name) => !silent.includes(name)))(
    "%s asks, or says why there is nothing to do",
    async (name) => {
      await expect
        .poll(
          async () => {
            await workbench.host((api, id: string) => void api.commands.executeCommand(id), `gyrus.${name}`);
            // VS Code drops a message that comes while it takes the one before away.
            return visible()
              .first()
              .waitFor({ timeout: 3_000 })
              .then(
                () => true,
                () => false,
              );
          },
          { timeout: 300_000 },
        )
        .toBe(true);
      await workbench.page.keyboard.press("Escape");
      await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
      await visible().first().waitFor({ state: "hidden" });
    },
  );

  it.each(["showArchitecture", "showTransposition"] as const)(
    "%s draws a network of the zoo",
    async (name) => {
      await workbench.host((api, id: string) => api.commands.executeCommand(id), `gyrus.${name}`);
      await workbench
        .webview()
        .getByText(/Conv\d_FC3/)
        .first()
        .waitFor({ state: "attached" });
      await workbench.host((api) => api.commands.executeCommand("workbench.action.closeAllEditors"));
    },
  );

  it("openRuns shows the table, which is empty", async () => {
    await workbench.host((api) => api.commands.executeCommand("gyrus.openRuns"));
    await workbench.webview().getByRole("heading", { name: "Runs" }).waitFor({ state: "attached" });
    await workbench.host((api) => api.commands.executeCommand("workbench.action.closeAllEditors"));
  });

  it("an error begins with the name of the command, as it stands in the palette", async () => {
    const gone = join(workspace, "gone");
    await workbench.host((api, maps: string) => {
      void api.commands.executeCommand("gyrus.openExperiment", maps);
    }, gone);
    await workbench.notification("Open Experiment File: ").waitFor();
    await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
  });

  it("openLog shows the log of the extension", async () => {
    await workbench.runCommand("Gyrus: Open Log");
    await workbench.page.getByRole("tab", { name: /Output/ }).waitFor();
    await workbench.host((api) => api.commands.executeCommand("workbench.action.closePanel"));
  });

  it("openWalkthrough shows the first steps", async () => {
    await workbench.runCommand("Gyrus: Open Walkthrough");
    await workbench.page
      .getByRole("button", { name: /Create demo brains/ })
      .first()
      .waitFor();
    await workbench.host((api) => api.commands.executeCommand("workbench.action.closeAllEditors"));
  });

  it("doctor tells what the installation lacks", async () => {
    await workbench.runCommand("Gyrus: Check the Installation");
    const report = workbench.webview();
    await report.getByRole("heading", { name: "Installation of Gyrus" }).waitFor();
    await report.getByText("trusted: trainings may start").waitFor();
    await report.getByText(/^\d+ processors?, unless the experiment says otherwise/).waitFor();
    await report.getByRole("row", { name: /✓ onnx onnxruntime-node .*CPU/ }).waitFor();
    const installed = `✓ tensorflow @tensorflow/tfjs-node-gpu 4.22.0 CPU ${engines}`;
    await report.getByRole("row", { name: installed }).waitFor();
  });
});
