/**
 * Takes the pictures of docs/pictures from the running extension: the views of the README, in a light and a dark theme, on demo
 * brains that it makes and trains on first. `npm run pictures -- --theme high-contrast --view compare --output DIR` takes some
 * elsewhere; also views that the README does not show, with `--side-bar` beside the open side bar, with `--language fr` in French.
 */
import { mkdir, writeFile } from "node:fs/promises";
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
    "side-bar": { type: "boolean", default: false },
    language: { type: "string" },
    output: { type: "string", default: join(root, "docs/pictures") },
  },
});
const [WIDTH, HEIGHT] = [1280, 830];
/** Its title speaks of a development host. */
const TITLE_BAR = 30;

interface Theme {
  /** Its name in the settings. */
  readonly name: string;
  /** Of the workbench that wears it. */
  readonly classes: string;
  /** Of its editors, as VS Code writes it in its style sheet. */
  readonly background: string;
}

const THEMES: Readonly<Record<string, Theme>> = {
  light: {
    name: "Default Light Modern",
    classes: ".vs.vscode-theme-defaults-themes-light_modern-json",
    background: "#ffffff",
  },
  dark: {
    name: "Default Dark Modern",
    classes: ".vs-dark.vscode-theme-defaults-themes-dark_modern-json",
    background: "#1f1f1f",
  },
  "high-contrast": {
    name: "Default High Contrast",
    classes: ".hc-black.vscode-theme-defaults-themes-hc_black-json",
    background: "#000000",
  },
  "high-contrast-light": {
    name: "Default High Contrast Light",
    classes: ".hc-light.vscode-theme-defaults-themes-hc_light-json",
    background: "#ffffff",
  },
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
  /** Not in the README: taken when it is asked for. */
  readonly unshown?: boolean;
}

/** By the name of the picture. */
function picturesOf(studies: PictureStudies): Readonly<Record<string, Picture>> {
  return {
    experiment: {
      open: ["vscode.open", { file: studies.experiment }],
      drawn: ".codelens-decoration >> text=/images/",
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
      drawn: "gyrus-plane canvas",
      height: 740,
      wide: true,
    },
    nifti: {
      open: ["vscode.openWith", { file: studies.image }, "gyrus.nifti"],
      drawn: "gyrus-plane canvas",
      wide: true,
    },
    results: {
      open: ["gyrus.showResults", studies.maps, "test"],
      drawn: "gyrus-plot svg, gyrus-plot canvas",
      wide: true,
    },
    compare: { open: ["gyrus.compare", studies.compared[0], studies.compared], drawn: "gyrus-chart canvas" },
    audit: { open: ["gyrus.auditData", studies.faults], drawn: "h2", unshown: true },
    walkthrough: { open: ["gyrus.openWalkthrough"], drawn: "[data-step-id]", inEditor: true, unshown: true },
  };
}

const studies = await pictureStudies(join(root, "demo"), join(root, "dist/cli.js"));
const all = picturesOf(studies);
await mkdir(values.output, { recursive: true });
const views = values.view ?? Object.keys(all).filter((name) => all[name]?.unshown !== true);
for (const name of values.theme) {
  const theme = THEMES[name];
  if (theme === undefined) throw new Error(`There is no theme "${name}": ${Object.keys(THEMES).join(", ")}.`);
  const editor = await startEditor({
    ...(values.language !== undefined && { language: values.language }),
    settings: {
      "workbench.colorTheme": theme.name,
      "window.commandCenter": false,
      "editor.fontFamily": "DejaVu Sans Mono, monospace",
    },
  });
  try {
    const workbench = await editor.open(studies.folder);
    await workbench.host((api) => api.commands.executeCommand("workbench.view.extension.gyrus"));
    await workbench.treeItem(/^maps, /).click();
    await workbench.page.keyboard.press("ArrowRight");
    for (const view of views) await take(workbench, view, theme, `${view}-${name}.png`);
  } finally {
    await editor.close();
  }
}

async function take(workbench: Workbench, name: string, theme: Theme, file: string): Promise<void> {
  const picture = all[name];
  if (picture === undefined)
    throw new Error(`There is no picture "${name}": ${Object.keys(all).join(", ")}.`);
  const { open, drawn, inEditor = false, completed, height = HEIGHT } = picture;
  const wide = picture.wide === true && !values["side-bar"];
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
  await untilWorn(workbench, theme, inEditor);
  // Values and volumes arrive after the page.
  await workbench.page.waitForTimeout(2_000);
  if (completed !== undefined) await complete(workbench, completed);
  await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
  const photograph = await workbench.page.screenshot({
    animations: "disabled",
    clip: { x: 0, y: TITLE_BAR, width: WIDTH, height: height - TITLE_BAR },
  });
  await untilWorn(workbench, theme, inEditor);
  await writeFile(join(values.output, file), photograph);
}

/** Waits until the workbench, and the view where there is one, are drawn in the theme; throws when they never are. */
async function untilWorn(workbench: Workbench, theme: Theme, inEditor: boolean): Promise<void> {
  const { name, classes, background } = theme;
  await workbench.page.locator(`.monaco-workbench${classes}`).waitFor();
  if (!inEditor) await workbench.webview().locator(`body[data-vscode-theme-id="${name}"]`).waitFor();
  const drawn = await workbench.page.locator(".monaco-workbench").evaluate((element) => {
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    return style?.getPropertyValue("--vscode-editor-background").trim();
  });
  if (drawn !== background)
    throw new Error(`VS Code draws editors on ${drawn}, not on the ${background} of ${name}.`);
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
