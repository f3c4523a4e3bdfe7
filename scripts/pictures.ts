/**
 * Takes the pictures of docs/pictures from the running extension: the views of the README, in a light and a dark theme, on demo
 * brains that it makes and trains on first. `npm run pictures -- --all` takes every view beside the open side bar, in four themes and
 * two sizes, to .vscode-test/pictures; `--theme high-contrast --view compare --output DIR` some elsewhere, `--language fr` in French.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startEditor } from "../test/vscode/rig/editor";
import type { Workbench } from "../test/vscode/rig/workbench";
import { pictureStudies } from "./pictureStudies";
import { type Picture, pictureViews } from "./pictureViews";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    theme: { type: "string", multiple: true },
    view: { type: "string", multiple: true },
    language: { type: "string" },
    output: { type: "string" },
  },
});
/** Of a picture: the title bar above it speaks of a development host. */
interface Size {
  readonly width: number;
  readonly height: number;
}
const USUAL: Size = { width: 1280, height: 800 };
const SMALL: Size = { width: 800, height: 600 };
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

const { all } = values;
const output = values.output ?? join(root, all ? ".vscode-test/pictures" : "docs/pictures");
const studies = await pictureStudies(join(root, "demo"), join(root, "dist/cli.js"));
const known = pictureViews(studies);
await mkdir(output, { recursive: true });
const views = values.view ?? Object.keys(known).filter((name) => all || known[name]?.unshown !== true);
const missed: string[] = [];
for (const name of values.theme ?? (all ? Object.keys(THEMES) : ["light", "dark"])) {
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
    // Trainings are read one after another, and rows move until the last of them is.
    for (const maps of [...studies.compared, studies.splits])
      await workbench.treeItem(new RegExp(`^${basename(maps)}, finished`)).waitFor();
    await workbench.treeItem(/^maps, /).click();
    await workbench.page.keyboard.press("ArrowRight");
    for (const view of views) {
      const picture = known[view];
      if (picture === undefined)
        throw new Error(`There is no picture "${view}": ${Object.keys(known).join(", ")}.`);
      const sizes = all ? [USUAL, SMALL] : [{ ...USUAL, height: picture.height ?? USUAL.height }];
      // One that fails keeps no other from being taken.
      await take(workbench, picture, theme, sizes, `${view}-${name}`).catch((error: unknown) => {
        missed.push(`${view}-${name}: ${String(error)}`);
      });
    }
  } finally {
    await editor.close();
  }
}
if (missed.length > 0) throw new Error(`Not taken:\n${missed.join("\n")}`);

async function take(
  workbench: Workbench,
  picture: Picture,
  theme: Theme,
  sizes: readonly Size[],
  name: string,
): Promise<void> {
  const { open, answers = [], through, drawn, inEditor = false, afterwards } = picture;
  const place = inEditor ? workbench.page : workbench.webview();
  const [first = USUAL] = sizes;
  await workbench.page.setViewportSize({ width: first.width, height: first.height + TITLE_BAR });
  // Nothing is pointed at.
  await workbench.page.mouse.move(first.width / 2, 1);
  const bar =
    picture.wide === true && !all ? "workbench.action.closeSidebar" : "workbench.view.extension.gyrus";
  const given = { bar, open, asks: answers.length > 0 };
  await workbench.host(
    async ({ commands, Uri }, { bar: side, open: [command, ...words], asks }: typeof given) => {
      await commands.executeCommand("workbench.action.closeAllEditors");
      await commands.executeCommand(side);
      const uriOf = (word: unknown) =>
        typeof word === "object" && word !== null && "file" in word ? Uri.file(String(word.file)) : word;
      const done = commands.executeCommand(command, ...words.map(uriOf));
      if (!asks) await done;
    },
    given,
  );
  for (const answer of answers) await workbench.option(answer).first().click();
  if (through !== undefined) await place.locator(through).first().click();
  await place.locator(drawn).first().waitFor();
  await untilWorn(workbench, theme, inEditor);
  for (const { width, height } of sizes) {
    await workbench.page.setViewportSize({ width, height: height + TITLE_BAR });
    // Values and volumes arrive after the page.
    await workbench.page.waitForTimeout(2_000);
    await afterwards?.(workbench);
    await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
    const photograph = await workbench.page.screenshot({
      animations: "disabled",
      clip: { x: 0, y: TITLE_BAR, width, height },
    });
    await untilWorn(workbench, theme, inEditor);
    await writeFile(join(output, `${name}${all ? `-${width}x${height}` : ""}.png`), photograph);
  }
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
