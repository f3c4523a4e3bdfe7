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
const [WIDTH, HEIGHT] = [1280, 830];
/** Its title speaks of a development host. */
const TITLE_BAR = 30;
const THEMES: Readonly<Record<string, string>> = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
};

interface Picture {
  /** A command with its arguments. */
  readonly open: readonly [command: string, ...given: readonly unknown[]];
  /** An element that is there when everything is drawn; of the view unless it is `inEditor`. */
  readonly drawn: string;
  readonly inEditor?: boolean;
  /** Shows what is offered for the value of this key. */
  readonly completed?: string;
  /** Images take much room in a file: theirs are smaller. */
  readonly height?: number;
  /** Without the side bar, for what needs the width. */
  readonly wide?: boolean;
}

/** By the name of the picture. */
function picturesOf(studies: PictureStudies): Readonly<Record<string, Picture>> {
  return {
    experiment: {
      open: ["vscode.open", { file: studies.experiment }],
      drawn: "text=/images to train/",
      inEditor: true,
      completed: '"architecture": "',
    },
    training: { open: ["gyrus.openPanel", studies.maps], drawn: "gyrus-chart canvas" },
    architecture: {
      open: ["gyrus.showArchitecture", studies.experiment],
      drawn: "[role=treeitem] text",
      wide: true,
    },
    transposition: {
      open: ["gyrus.showTransposition", studies.experiment],
      drawn: "[role=treeitem] text",
      wide: true,
    },
    inputs: {
      open: ["gyrus.previewInputs", studies.patches],
      drawn: "text=What the network gets",
      height: 740,
      wide: true,
    },
    nifti: {
      open: ["vscode.openWith", { file: studies.image }, "gyrus.nifti"],
      drawn: "gyrus-plane canvas",
      wide: true,
    },
    compare: { open: ["gyrus.compare", studies.compared[0], studies.compared], drawn: "gyrus-chart canvas" },
  };
}

const studies = await pictureStudies(join(root, "demo"), join(root, "dist/cli.js"));
const all = picturesOf(studies);
await mkdir(values.output, { recursive: true });
for (const theme of values.theme) {
  const editor = await startEditor({
    settings: {
      "workbench.colorTheme": THEMES[theme],
      "window.commandCenter": false,
      "editor.fontFamily": "DejaVu Sans Mono, monospace",
    },
  });
  try {
    const workbench = await editor.open(studies.folder);
    await workbench.openGyrus();
    await workbench.treeItem(/^maps, finished/).click();
    await workbench.page.keyboard.press("ArrowRight");
    for (const name of values.view ?? Object.keys(all)) await take(workbench, name, theme);
  } finally {
    await editor.close();
  }
}

async function take(workbench: Workbench, name: string, theme: string): Promise<void> {
  const picture = all[name];
  if (picture === undefined)
    throw new Error(`There is no picture "${name}": ${Object.keys(all).join(", ")}.`);
  const { open, drawn, inEditor = false, completed, wide = false, height = HEIGHT } = picture;
  await workbench.page.setViewportSize({ width: WIDTH, height });
  // Nothing is pointed at.
  await workbench.page.mouse.move(WIDTH / 2, 1);
  const given = { id: wide ? "workbench.action.closeSidebar" : "workbench.view.extension.gyrus", open };
  await workbench.host(async ({ commands, Uri }, { id, open: [command, ...words] }: typeof given) => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand(id);
    const uriOf = (word: unknown) =>
      typeof word === "object" && word !== null && "file" in word ? Uri.file(String(word.file)) : word;
    await commands.executeCommand(command, ...words.map(uriOf));
  }, given);
  const place = inEditor ? workbench.page : workbench.webview();
  await place.locator(drawn).first().waitFor();
  // Values and volumes arrive after the page.
  await workbench.page.waitForTimeout(2_000);
  if (completed !== undefined) await complete(workbench, completed);
  await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
  await workbench.page.screenshot({
    path: join(values.output, `${name}-${theme}.png`),
    animations: "disabled",
    clip: { x: 0, y: TITLE_BAR, width: WIDTH, height: height - TITLE_BAR },
  });
}

/** Asks for completions behind `text` of the active editor, in the place of what stands there up to the next quote. */
async function complete(workbench: Workbench, text: string): Promise<void> {
  await workbench.host(async ({ commands, window, Selection }, before: string) => {
    const editor = window.activeTextEditor;
    if (editor === undefined) return;
    const start = editor.document.getText().indexOf(before) + before.length;
    const at = editor.document.positionAt(start);
    editor.selection = new Selection(at, at);
    await commands.executeCommand("editor.action.triggerSuggest");
  }, text);
  await workbench.page.locator(".suggest-widget.visible").waitFor();
  await workbench.page.waitForTimeout(500);
}
