/**
 * Dawn, the WebGPU of the npm package `webgpu`, loaded when a card is asked for: where a machine cannot load it, all else works.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import type * as Dawn from "webgpu";
import { reasonOf } from "../../../messages/reasonOf";
import { type Sentence, sentence } from "../../../network/sentence";
import { LibraryError } from "../../engine";

/** The npm package, and the name by which users are told of it. */
export const webGpuLibrary = "webgpu";
const require = createRequire(import.meta.url);

let loaded: Promise<typeof Dawn> | undefined;

/**
 * Kernels write workgroup memory before they read it. Without this each one would begin with zeros there, which takes a compiler about a
 * millisecond a number where it writes them out one by one.
 */
const ALWAYS = ["enable-dawn-features=disable_workgroup_init"];

/** One GPU object for each list of flags, never let go: Dawn ends the process when one is collected. */
const kept = new Map<string, GPU>();

/**
 * The entry of WebGPU, which enumerates the cards anew at each `requestAdapter`. Gives GPUBufferUsage and the like to `globalThis`.
 * @param flags of Dawn's binding: "adapter=NAME" takes the first card whose name holds NAME
 * @throws LibraryError where Dawn cannot be loaded
 */
export async function gpuOf(flags: readonly string[]): Promise<GPU> {
  loaded ??= load();
  const { create } = await loaded;
  const key = flags.join("\n");
  const gpu = kept.get(key) ?? create([...ALWAYS, ...flags]);
  kept.set(key, gpu);
  return gpu;
}

/** Where its package stands and which version it is, whether it can be loaded or not. */
export function webGpuPackage(): { readonly folder: string; readonly version: string } {
  // Its package.json is beside the entry, which resolves without being run.
  const folder = dirname(require.resolve(webGpuLibrary));
  return { folder, version: require(`${folder}/package.json`).version };
}

async function load(): Promise<typeof Dawn> {
  try {
    const dawn = await import("webgpu");
    Object.assign(globalThis, dawn.globals);
    return dawn;
  } catch (error) {
    const [line = ""] = reasonOf(error).split("\n");
    throw new LibraryError({ library: webGpuLibrary, reason: line, need: needOf(process) }, { cause: error });
  }
}

/** What the binaries of version 0.6.2 ask for: the symbols of glibc 2.34, and one of five systems. */
export function needOf({ platform, arch }: Pick<NodeJS.Process, "platform" | "arch">): Sentence {
  if (platform !== "linux") {
    const machine = `${platform}-${arch}`;
    return sentence`Gyrus for ${machine} brings it: install Gyrus for this machine again. The engine onnx needs no card.`;
  }
  return sentence`It needs a Linux with glibc 2.34 or later (Ubuntu 22.04, Debian 12, Red Hat 9). The engine onnx needs no card.`;
}
