/**
 * Which Node runs the trainer. That inside the desktop's VS Code is Electron, which cannot read from a graphics card; VS Code Server
 * (Remote-SSH, WSL, containers, the browser) runs a plain Node itself.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";

export interface NodeSearch {
  /** The setting `gyrus.nodePath`; "" where it is empty. */
  readonly nodePath: string;
  /** That of the editor. */
  readonly execPath: string;
  /** Whether the editor's is Electron. */
  readonly electron: boolean;
  /** The variable PATH. */
  readonly path: string;
  /** Where `gyrus engines install node` puts one. */
  readonly brought: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** What a Node says of itself: null where it is none, or does not start. */
export type AskNode = (file: string) => Promise<NodeKind | null>;

export interface NodeKind {
  readonly version: string;
  readonly arch: string;
  readonly electron: boolean;
}

/**
 * The Node to take: that of the setting whatever it is, a plain editor's own, else the first that fits of the PATH's and the one that was
 * brought. Null where the editor's own Electron is all there is.
 */
export async function realNode(search: NodeSearch, ask: AskNode = askNode): Promise<string | null> {
  const { nodePath, execPath, electron, arch } = search;
  if (nodePath !== "") return nodePath;
  if (!electron) return execPath;
  for (const file of candidates(search)) {
    const kind = await ask(file);
    // The libraries of Gyrus are those of one processor: a Node for another one cannot load them.
    if (kind !== null && !kind.electron && kind.arch === arch && isRecent(kind.version)) return file;
  }
  return null;
}

/** The first `node` of the PATH is the one that a terminal would take: an old one there does not hide the one that was brought. */
function candidates({ path, brought, platform }: NodeSearch): string[] {
  const [separator, name] = platform === "win32" ? [";", "node.exe"] : [":", "node"];
  const folders = path.split(separator).filter((folder) => folder !== "");
  return [...new Set([...folders.map((folder) => join(folder, name)), brought])];
}

/** From 20.19 on, as package.json says. */
function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

const SAY =
  "const v = process.versions; console.log(JSON.stringify([v.node, process.arch, v.electron ?? null]))";

/** Milliseconds; a program called node that waits for something is none. */
const PATIENCE = 10_000;

function askNode(file: string): Promise<NodeKind | null> {
  return new Promise((resolve) => {
    execFile(file, ["-e", SAY], { timeout: PATIENCE, windowsHide: true }, (error, output) => {
      const said = error === null ? /^\["([\d.]+)","(\w+)",(null|"[^"]*")\]\s*$/.exec(output) : null;
      const [, version, arch, electron] = said ?? [];
      resolve(
        version === undefined || arch === undefined ? null : { version, arch, electron: electron !== "null" },
      );
    });
  });
}
