/**
 * Takes the pictures of docs/pictures from the running extension: every view, in a light and a dark theme, on demo brains that
 * it makes and trains on first.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startEditor } from "../test/vscode/rig/editor";
import type { Workbench } from "../test/vscode/rig/workbench";

const root = resolve(import.meta.dirname, "..");
const demo = join(root, "demo");
const maps = join(demo, "maps");
const experiment = join(demo, "demo.experiment.json");
const pictures = join(root, "docs/pictures");

const themes = { light: "Default Light Modern", dark: "Default Dark Modern" };

/** What is shown for each picture: a command with its argument. */
const views: Readonly<Record<string, readonly [command: string, ...given: string[]]>> = {
  training: ["gyrus.openPanel", maps],
  architecture: ["gyrus.showArchitecture", experiment],
  transposition: ["gyrus.showTransposition", experiment],
  inputs: ["gyrus.previewInputs", experiment],
};

if (!existsSync(join(maps, "maps.json"))) {
  await promisify(execFile)(process.execPath, [join(root, "dist/cli.js"), "demo", "--output", demo]);
}
await mkdir(pictures, { recursive: true });
for (const [name, theme] of Object.entries(themes)) {
  const editor = await startEditor({
    settings: { "workbench.colorTheme": theme, "window.commandCenter": false },
  });
  try {
    await photograph(await editor.open(demo), name);
  } finally {
    await editor.close();
  }
}

async function photograph(workbench: Workbench, theme: string): Promise<void> {
  const take = (view: string) => workbench.screenshot(join(pictures, `${view}-${theme}.png`));
  await workbench.openGyrus();
  await workbench.treeItem(/^maps, finished/).click();
  await workbench.page.keyboard.press("ArrowRight");
  await workbench.host(
    async (api, file: string) => void (await api.window.showTextDocument(api.Uri.file(file))),
    experiment,
  );
  await workbench.page.getByText(/images to train/).waitFor();
  await take("experiment");
  for (const [view, [command, ...given]] of Object.entries(views)) {
    await workbench.host(
      (api, { id, words }: { id: string; words: string[] }) => api.commands.executeCommand(id, ...words),
      { id: command, words: given },
    );
    await workbench.webview().locator("body :not(script)").first().waitFor();
    // Curves and volumes arrive after the page.
    await workbench.page.waitForTimeout(4_000);
    await take(view);
  }
}
