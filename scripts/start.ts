/**
 * Opens VS Code with the extension on demo brains: the one that is installed, else one that is downloaded, else VS Code in
 * the browser from npm. `npm start -- --browser` takes the last one at once.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { cacheFolder } from "../test/support/packageCache";
import { workbenchUrl } from "../test/vscode/rig/addresses";
import { startEditorServer } from "../test/vscode/rig/editorServer";

const root = resolve(import.meta.dirname, "..");
const demo = join(root, "demo");
const say = (text: string) => process.stderr.write(`${text}\n`);

if (!existsSync(join(demo, "demo.experiment.json"))) {
  const words = [join(root, "dist/cli.js"), "demo", "--data-only", "--output", demo];
  await promisify(execFile)(process.execPath, words);
}
const desktop = process.argv.includes("--browser") ? undefined : await desktopEditor();
if (desktop === undefined) await openInBrowser();
else openOnDesktop(desktop);

/** A VS Code for the screen: installed, or downloaded once. */
async function desktopEditor(): Promise<string | undefined> {
  const shell = process.platform === "win32";
  const installed = await promisify(execFile)("code", ["--version"], { shell }).then(
    () => "code",
    () => undefined,
  );
  if (installed !== undefined) return installed;
  try {
    say("VS Code is not installed: downloading it ...");
    return await downloadAndUnzipVSCode({ version: "stable", cachePath: cacheFolder });
  } catch {
    say("It cannot be downloaded here.");
    return undefined;
  }
}

function openOnDesktop(program: string): void {
  say(`Opening ${demo} in VS Code.`);
  const words = [`--extensionDevelopmentPath=${root}`, demo];
  spawn(program, words, { detached: true, stdio: "ignore", shell: process.platform === "win32" }).unref();
}

async function openInBrowser(): Promise<void> {
  const dataFolder = join(cacheFolder, "start");
  const extensions = join(dataFolder, "extensions");
  await mkdir(extensions, { recursive: true });
  const settings = { "workbench.startupEditor": "none", "telemetry.telemetryLevel": "off" };
  const port = Number(process.env.PORT ?? 0);
  const server = await startEditorServer({ dataFolder, extensions, settings, environment: {}, port });
  say(`VS Code with Gyrus: ${workbenchUrl(server.address, demo, root)}`);
  say("Ctrl+C ends it.");
  process.once("SIGINT", () => void server.stop());
}
