/**
 * A VS Code with the extension in it, for journeys. In a browser by default; the desktop one, downloaded by
 * `@vscode/test-electron`, with GYRUS_TEST_EDITOR=desktop.
 */
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../support/chromium";
import { cacheFolder } from "../../support/packageCache";
import { workbenchUrl } from "./addresses";
import { downloadedEditor, startDesktopEditor } from "./desktopEditor";
import { startEditorServer } from "./editorServer";
import { patience, Workbench } from "./workbench";

export const repository = resolve(import.meta.dirname, "../../..");
const driver = join(import.meta.dirname, "driver");

/** What makes pictures equal from run to run, and keeps VS Code quiet. */
const calm = {
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "window.menuBarVisibility": "hidden",
  "security.workspace.trust.enabled": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "telemetry.telemetryLevel": "off",
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "npm.autoDetect": "off",
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "files.simpleDialog.enable": true,
};

export interface EditorOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Use this packaged extension instead of the source tree. */
  readonly vsix?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the extension, "fr": VS Code's own words stay English. The browser alone knows it. */
  readonly language?: string;
  /** Also where root starts it, what is read-only cannot be written. The browser alone knows it. */
  readonly obeysPermissions?: boolean;
}

export interface Editor {
  /** Opens a window on a folder, a `.code-workspace` file, or nothing. */
  open(target?: string): Promise<Workbench>;
  close(): Promise<void>;
}

/** Starts a VS Code whose settings and state nobody else sees; one for each suite. */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const home = await mkdtemp(join(tmpdir(), "gyrus-editor-"));
  const driverFolder = join(home, "driver");
  await mkdir(driverFolder);
  const extensions = join(home, "extensions");
  // VS Code develops one extension at a time: the driver is an installed one.
  await cp(driver, join(extensions, "gyrus.gyrus-test-driver-0.0.1"), { recursive: true });
  const developed = options.vsix === undefined ? join(home, "extension") : undefined;
  // VS Code takes every theme below the folder of an extension in development for one that is developed, and shows it instead of
  // the one of the settings: its own themes too, where it stands in the cache of this repository. Below a link nothing stands.
  if (developed !== undefined) await symlink(repository, developed, "junction");
  const prepared: Prepared = {
    home,
    extensions,
    driverFolder,
    developed,
    language: options.language,
    settings: { ...calm, ...options.settings },
    environment: { GYRUS_DRIVER_FOLDER: driverFolder, ...options.environment },
    vsix: options.vsix,
    obeysPermissions: options.obeysPermissions,
  };
  const wanted = process.env.GYRUS_TEST_EDITOR === "desktop";
  const editor = (wanted ? await startOnDesktop(prepared) : null) ?? (await startInBrowser(prepared));
  return {
    open: editor.open,
    async close() {
      await editor.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Prepared {
  readonly home: string;
  /** Where installed extensions stand. */
  readonly extensions: string;
  readonly driverFolder: string;
  /** Folder of the extension in development; a packaged one is installed. */
  readonly developed: string | undefined;
  readonly language: string | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly vsix: string | undefined;
  readonly obeysPermissions: boolean | undefined;
}

async function startInBrowser(prepared: Prepared): Promise<Editor> {
  const [server, browser] = await Promise.all([
    startEditorServer({
      dataFolder: join(prepared.home, "data"),
      extensions: prepared.extensions,
      settings: prepared.settings,
      environment: prepared.environment,
      vsix: prepared.vsix,
      obeysPermissions: prepared.obeysPermissions,
    }),
    launchChromium(),
  ]);
  return {
    async open(target) {
      const workbench = await Workbench.started(prepared.driverFolder, async () => {
        const page = await newPage(browser, prepared.language);
        await page.goto(workbenchUrl(server.address, { target, developed: prepared.developed }), {
          timeout: patience,
        });
        return page;
      });
      if (target?.endsWith(".code-workspace")) await untilFolders(workbench);
      return workbench;
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/**
 * VS Code 1.100 in a browser passes over the folders of a workspace file that it has read at the wrong moment (after it asked
 * for them, before it has made the workspace). A reload takes them from its cache.
 */
async function untilFolders(workbench: Workbench): Promise<void> {
  while ((await workbench.host((api) => api.workspace.workspaceFolders?.length ?? 0)) === 0) {
    await workbench.reload();
  }
}

async function newPage(browser: Browser, language: string | undefined): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // What a language pack would set: extensions go by it.
  if (language !== undefined)
    await context.addInitScript(
      (name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }),
      language,
    );
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return context.newPage();
}

/** Null where no desktop VS Code can be had. */
async function startOnDesktop(prepared: Prepared): Promise<Editor | null> {
  const found = await downloadedEditor(process.env.GYRUS_TEST_EDITOR_VERSION);
  if ("reason" in found) {
    process.stderr.write(`No desktop VS Code (${found.reason}): testing in the browser.\n`);
    return null;
  }
  const desktop = await startDesktopEditor(found.program, prepared);
  return {
    open: (target) => Workbench.started(prepared.driverFolder, () => desktop.open(target)),
    close: () => desktop.close(),
  };
}

/** The fake trainer as a program, for the setting `gyrus.nodePath`. */
export async function fakeTrainer(): Promise<string> {
  const outfile = join(cacheFolder, "fakeTrainer.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "fakeTrainer.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: `#!${process.execPath}` },
  });
  await chmod(outfile, 0o755);
  return outfile;
}
