/** The desktop VS Code, where one can be downloaded and there is a screen for it. */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from "@vscode/test-electron";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { definedEnvironment } from "../../support/environment";
import { cacheFolder } from "../../support/packageCache";

export interface DesktopEditor {
  /** Starts a VS Code of its own on a folder, a `.code-workspace` file, or nothing. */
  open(target?: string): Promise<Page>;
  close(): Promise<void>;
}

export interface DesktopOptions {
  /** Folder of which nobody else takes anything. */
  readonly home: string;
  /** Where installed extensions stand. */
  readonly extensions: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Packaged extension to install first. */
  readonly vsix: string | undefined;
  /** Folder of an extension in development. */
  readonly developed: string | undefined;
}

/** Whether a window can be shown: macOS and Windows always have a screen. */
export const hasScreen = () =>
  process.platform !== "linux" ||
  [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some(
    (display) => display !== undefined && display !== "",
  );

/** Program of a VS Code that is downloaded once; why not, where that is impossible. */
export async function downloadedEditor(
  version = "stable",
): Promise<{ program: string } | { reason: string }> {
  try {
    return { program: await downloadAndUnzipVSCode({ version, cachePath: cacheFolder }) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What keeps a downloaded VS Code from starting on some Linux (a sandbox that needs root), or from starting alike each time. */
export const desktopWords = ["--no-sandbox", "--skip-welcome", "--skip-release-notes", "--disable-updates"];

export async function startDesktopEditor(program: string, options: DesktopOptions): Promise<DesktopEditor> {
  const { home, extensions, settings, vsix, developed } = options;
  if (vsix !== undefined)
    await install(program, ["--user-data-dir", join(home, "installer")], extensions, vsix);
  const running: ElectronApplication[] = [];
  return {
    async open(target) {
      // A second VS Code on the same data would hand its window to the first one and end.
      const data = join(home, `window-${running.length}`);
      await mkdir(join(data, "User"), { recursive: true });
      const dialogs = { "window.dialogStyle": "custom", "window.titleBarStyle": "custom" };
      await writeFile(join(data, "User/settings.json"), JSON.stringify({ ...settings, ...dialogs }));
      const app = await _electron.launch({
        executablePath: program,
        args: [
          ...desktopWords,
          ...["--user-data-dir", data, "--extensions-dir", extensions],
          ...(developed === undefined ? [] : [`--extensionDevelopmentPath=${developed}`]),
          ...(target === undefined ? [] : [target]),
        ],
        env: { ...outsideOfEditors(), ...options.environment },
      });
      running.push(app);
      return await app.firstWindow();
    },
    async close() {
      for (const app of running) await app.close();
    },
  };
}

/** The environment without what a VS Code gives to the programs that it starts, such as these tests. */
function outsideOfEditors(): Record<string, string> {
  const own = Object.entries(definedEnvironment());
  return Object.fromEntries(own.filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)));
}

async function install(
  program: string,
  data: readonly string[],
  extensions: string,
  vsix: string,
): Promise<void> {
  const cli = resolveCliPathFromVSCodeExecutablePath(program);
  const words = ["--no-sandbox", ...data, "--extensions-dir", extensions, "--install-extension", vsix];
  // On Windows the program is a script, which only a shell runs, and a shell takes words apart.
  const shell = process.platform === "win32";
  const quoted = (word: string) => (shell ? `"${word}"` : word);
  await promisify(execFile)(quoted(cli), words.map(quoted), { shell, env: outsideOfEditors() });
}
