/**
 * Opens VS Code with the extension on demo brains: the one that is installed, else one that is downloaded, else VS Code in
 * the browser from npm. `npm start -- --browser` takes the last one at once.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../test/support/packageCache";
import { workbenchUrl } from "../test/vscode/rig/addresses";
import { desktopWords, downloadedEditor, hasScreen } from "../test/vscode/rig/desktopEditor";
import { startEditorServer } from "../test/vscode/rig/editorServer";

const root = resolve(import.meta.dirname, "..");
const demo = join(root, "demo");
const experiment = join(demo, "demo.experiment.json");
const say = (text: string) => process.stderr.write(`${text}\n`);

if (!existsSync(experiment)) {
  const words = [join(root, "dist/cli.js"), "demo", "--data-only", "--output", demo];
  await promisify(execFile)(process.execPath, words);
}
const desktop = process.argv.includes("--browser") || !hasScreen() ? undefined : await desktopEditor();
if (desktop === undefined) await openInBrowser();
else openOnDesktop(desktop);

interface Desktop {
  readonly program: string;
  readonly words: readonly string[];
}

/** A VS Code for the screen: installed, or downloaded once. */
async function desktopEditor(): Promise<Desktop | undefined> {
  const shell = process.platform === "win32";
  const installed = await promisify(execFile)("code", ["--version"], { shell }).then(
    () => true,
    () => false,
  );
  if (installed) return { program: "code", words: [] };
  say("VS Code is not installed: downloading it ...");
  const found = await downloadedEditor();
  if ("program" in found) {
    const data = [
      "--user-data-dir",
      join(cacheFolder, "desktop"),
      "--extensions-dir",
      join(cacheFolder, "ext"),
    ];
    return { program: found.program, words: [...desktopWords, ...data] };
  }
  say(`It cannot be downloaded here (${found.reason}): opening VS Code in the browser instead.`);
  return undefined;
}

function openOnDesktop({ program, words }: Desktop): void {
  say(`Opening ${demo} in VS Code: press Train above the first line of demo.experiment.json.`);
  const all = [...words, `--extensionDevelopmentPath=${root}`, demo, experiment];
  const shell = process.platform === "win32";
  const quoted = (word: string) => (shell ? `"${word}"` : word);
  spawn(quoted(program), all.map(quoted), { detached: true, stdio: "ignore", shell }).unref();
}

async function openInBrowser(): Promise<void> {
  const dataFolder = join(cacheFolder, "start");
  const extensions = join(dataFolder, "extensions");
  await mkdir(extensions, { recursive: true });
  const settings = {
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
    // Nothing but the demo is opened in it.
    "security.workspace.trust.enabled": false,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": true,
    "git.openRepositoryInParentFolders": "never",
  };
  const port = Number(process.env.PORT ?? 0);
  const server = await startEditorServer({ dataFolder, extensions, settings, environment: {}, port });
  say(
    `VS Code with Gyrus: ${workbenchUrl(server.address, { target: demo, developed: root, file: experiment })}`,
  );
  say("The demo experiment is open there: press Train above its first line.");
  say("Ctrl+C ends it.");
  process.once("SIGINT", () => void server.stop());
}
