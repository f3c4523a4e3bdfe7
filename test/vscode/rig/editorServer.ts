/**
 * A real VS Code where none can be downloaded and no display is: the npm package code-server carries VS Code's own server,
 * with the workbench for a browser and the extension host of Node.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { installedPackage, npmInstall } from "../../support/packageCache";
import { obeying } from "../../support/permissions";

/** VS Code 1.100, the oldest that the extension admits, and the newest that runs on Node 20. */
const packaged = "code-server@4.100.3";
const place = "node_modules/code-server/lib/vscode";
/** What VS Code searches folders with; the first version that comes without an install script. */
const searchTool = "@vscode/ripgrep@1.18.0";

export interface EditorServer {
  /** "http://127.0.0.1:40123" */
  readonly address: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Everything that VS Code keeps: settings, state. */
  readonly dataFolder: string;
  /** Installed extensions. */
  readonly extensions: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Packaged extension to install first. */
  readonly vsix?: string | undefined;
  readonly port?: number | undefined;
  /** Root too may not write what is read-only. */
  readonly obeysPermissions?: boolean | undefined;
}

export async function startEditorServer(options: ServerOptions): Promise<EditorServer> {
  const vscode = await installedEditor();
  const userFolder = join(options.dataFolder, "data/User");
  await mkdir(userFolder, { recursive: true });
  await writeFile(join(userFolder, "settings.json"), JSON.stringify(options.settings));
  const common = ["out/server-main.js", "--accept-server-license-terms", "--disable-telemetry"];
  const data = ["--server-data-dir", options.dataFolder, "--extensions-dir", options.extensions];
  if (options.vsix !== undefined) {
    const installation = spawn(process.execPath, [...common, ...data, "--install-extension", options.vsix], {
      cwd: vscode,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(installation, "exit");
    if (code !== 0) throw new Error(`VS Code could not install ${options.vsix} (exit code ${code}).`);
  }
  const listen = ["--host", "127.0.0.1", "--port", String(options.port ?? 0), "--without-connection-token"];
  const words = [...common, ...data, ...listen];
  const [program, given] = options.obeysPermissions
    ? obeying(process.execPath, words)
    : [process.execPath, words];
  const server = spawn(program, given, {
    cwd: vscode,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const port = await announcedPort(server);
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}

async function announcedPort(server: ChildProcess): Promise<number> {
  const printed: string[] = [];
  for await (const line of createInterface({ input: server.stdout! })) {
    const port = /^Extension host agent listening on (\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      server.stdout!.resume();
      return Number(port);
    }
    printed.push(line);
  }
  throw new Error(`VS Code's server did not start:\n${printed.join("\n")}`);
}

/** Folder of VS Code's server. Its native modules (logging, terminals) stay uncompiled: it does without them. */
async function installedEditor(): Promise<string> {
  const folder = await installedPackage(packaged, async (building) => {
    const vscode = join(building, place);
    await npmInstall(vscode);
    await npmInstall(vscode, searchTool);
    await symlink("node_modules", join(vscode, "node_modules.asar"), "junction");
  });
  return join(folder, place);
}
