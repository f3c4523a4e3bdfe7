/**
 * Takes the pictures of docs/pictures from the running extension: every view, in a light and a dark theme, on demo brains that
 * it makes and trains on first. `npm run pictures -- --theme high-contrast --view compare --output DIR` takes some elsewhere.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startEditor } from "../test/vscode/rig/editor";
import type { Workbench } from "../test/vscode/rig/workbench";
import { type PictureStudies, pictureStudies } from "./pictureStudies";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    theme: { type: "string", multiple: true, default: ["light", "dark"] },
    view: { type: "string", multiple: true },
    output: { type: "string", default: join(root, "docs/pictures") },
  },
});
const SIZE = { width: 1280, height: 800 };
const THEMES: Readonly<Record<string, string>> = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
};

interface Picture {
  /** A command with its arguments. */
  readonly open: readonly [command: string, ...given: readonly unknown[]];
  /** What is there when everything is drawn. */
  readonly drawn: (workbench: Workbench) => Promise<void>;
  /** Without the side bar, for what needs the width. */
  readonly wide?: boolean;
}

/** By the name of the picture. */
function picturesOf(studies: PictureStudies): Readonly<Record<string, Picture>> {
  const role = (kind: Parameters<Page["getByRole"]>[0], name?: RegExp) => async (workbench: Workbench) =>
    workbench
      .webview()
      .getByRole(kind, name === undefined ? {} : { name })
      .first()
      .waitFor();
  return {
    experiment: {
      open: ["vscode.open", { file: studies.experiment }],
      drawn: (workbench) => workbench.page.getByText(/images to train/).waitFor(),
    },
    training: { open: ["gyrus.openPanel", studies.maps], drawn: role("row", /★/) },
    architecture: {
      open: ["gyrus.showArchitecture", studies.experiment],
      drawn: role("treeitem", /^Conv3d/),
      wide: true,
    },
    transposition: {
      open: ["gyrus.showTransposition", studies.experiment],
      drawn: role("treeitem", /^ConvTranspose3d/),
      wide: true,
    },
    inputs: {
      open: ["gyrus.previewInputs", studies.patches],
      drawn: role("row", /^Values/),
      wide: true,
    },
    nifti: {
      open: ["vscode.openWith", { file: studies.image }, "gyrus.nifti"],
      drawn: role("slider", /^Axial/),
    },
    compare: {
      open: ["gyrus.compare", studies.compared[0], studies.compared],
      drawn: role("row", /maps_conv4/),
    },
  };
}

type Page = Workbench["page"];

const studies = await pictureStudies(join(root, "demo"), join(root, "dist/cli.js"));
const all = picturesOf(studies);
await mkdir(values.output, { recursive: true });
for (const theme of values.theme) {
  const editor = await startEditor({
    settings: { "workbench.colorTheme": THEMES[theme], "window.commandCenter": false },
  });
  try {
    const workbench = await editor.open(studies.folder);
    await workbench.page.setViewportSize(SIZE);
    await workbench.openGyrus();
    await workbench.treeItem(/^maps, finished/).click();
    await workbench.page.keyboard.press("ArrowRight");
    for (const name of values.view ?? Object.keys(all)) await take(workbench, name, theme);
  } finally {
    await editor.close();
  }
}

async function take(workbench: Workbench, name: string, theme: string): Promise<void> {
  const { open, drawn, wide = false } = all[name]!;
  const given = { id: wide ? "workbench.action.closeSidebar" : "workbench.view.extension.gyrus", open };
  await workbench.host(async ({ commands, Uri }, { id, open: [command, ...words] }: typeof given) => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand(id);
    const uriOf = (word: unknown) =>
      typeof word === "object" && word !== null && "file" in word ? Uri.file(String(word.file)) : word;
    await commands.executeCommand(command, ...words.map(uriOf));
  }, given);
  await drawn(workbench);
  // A chart and a picture are drawn a frame after their page.
  await workbench.page.waitForTimeout(1_500);
  await workbench.screenshot(join(values.output, `${name}-${theme}.png`));
}
