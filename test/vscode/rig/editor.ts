/**
 * A VS Code with the extension in it, for journeys. In a browser by default; the desktop one, downloaded by
 * `@vscode/test-electron`, with GYRUS_TEST_EDITOR=desktop.
 */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from "@vscode/test-electron";
import { build } from "esbuild";
import { _electron, type Browser, type Page } from "playwright-core";
import { launchChromium } from "../../support/chromium";
import { definedEnvironment } from "../../support/environment";
import { cacheFolder } from "../../support/packageCache";
import { workbenchUrl } from "./addresses";
import { startEditorServer } from "./editorServer";
import { Workbench } from "./workbench";

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
  const prepared: Prepared = {
    home,
    extensions,
    driverFolder,
    settings: { ...calm, ...options.settings },
    environment: { GYRUS_DRIVER_FOLDER: driverFolder, ...options.environment },
    vsix: options.vsix,
  };
  const start = process.env.GYRUS_TEST_EDITOR === "desktop" ? startDesktop : startInBrowser;
  const editor = await start(prepared);
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
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly vsix: string | undefined;
}

async function startInBrowser(prepared: Prepared): Promise<Editor> {
  const [server, browser] = await Promise.all([
    startEditorServer({
      dataFolder: join(prepared.home, "data"),
      extensions: prepared.extensions,
      settings: prepared.settings,
      environment: prepared.environment,
      vsix: prepared.vsix,
    }),
    launchChromium(),
  ]);
  return {
    async open(target) {
      const workbench = await Workbench.started(
        await newPage(browser),
        prepared.driverFolder,
        async (page) => {
          const developed = prepared.vsix === undefined ? repository : undefined;
          await page.goto(workbenchUrl(server.address, target, developed));
        },
      );
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

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return context.newPage();
}

async function startDesktop(prepared: Prepared): Promise<Editor> {
  const executablePath = await downloadAndUnzipVSCode({
    version: process.env.GYRUS_TEST_EDITOR_VERSION ?? "stable",
    cachePath: cacheFolder,
  });
  const folders = [
    "--user-data-dir",
    join(prepared.home, "user"),
    "--extensions-dir",
    join(prepared.home, "ext"),
  ];
  await mkdir(join(prepared.home, "user/User"), { recursive: true });
  await writeFile(join(prepared.home, "user/User/settings.json"), JSON.stringify(prepared.settings));
  if (prepared.vsix !== undefined) {
    const [cli, ...first] = resolveCliArgsFromVSCodeExecutablePath(executablePath);
    await promisify(execFile)(cli!, [...first, ...folders, "--install-extension", prepared.vsix]);
  }
  const quiet = ["--no-sandbox", "--skip-welcome", "--skip-release-notes", "--disable-updates"];
  const developed = prepared.vsix === undefined ? [`--extensionDevelopmentPath=${repository}`] : [];
  const closings: (() => Promise<void>)[] = [];
  return {
    async open(target) {
      const app = await _electron.launch({
        executablePath,
        args: [...quiet, ...folders, ...developed, ...(target === undefined ? [] : [target])],
        env: { ...definedEnvironment(), ...prepared.environment },
      });
      closings.push(() => app.close());
      const page = await app.firstWindow();
      return Workbench.started(page, prepared.driverFolder, async () => {});
    },
    async close() {
      for (const close of closings) await close();
    },
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
