/**
 * onnxruntime, loaded when something computes: where a machine cannot load it, all that computes nothing works, and what computes is
 * refused with the loader's own line and what the library needs.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Onnxruntime from "onnxruntime-node";
import { reasonOf } from "../../messages/reasonOf";
import { type Sentence, sentence } from "../../network/sentence";
import { LibraryError } from "../engine";
import { refuseTelemetry } from "./telemetry";

/** The npm package, and the name by which users are told of it. */
export const onnxruntimeLibrary = "onnxruntime-node";
const require = createRequire(import.meta.url);
let loaded: typeof Onnxruntime | undefined;

/** The library, the same one at each call. @throws LibraryError where it cannot be loaded */
export function onnxruntime(): typeof Onnxruntime {
  loaded ??= load();
  return loaded;
}

/** Numbers as its graphs take them: a view, no copy. */
export function onnxTensor<Type extends keyof Elements>(
  type: Type,
  data: Elements[Type],
  shape: readonly number[],
): Onnxruntime.Tensor {
  const { Tensor } = onnxruntime();
  return new Tensor(type, data, shape);
}

interface Elements {
  readonly float32: Float32Array;
  readonly int32: Int32Array;
}

/** Where its package stands and which version it is, whether it can be loaded or not. */
export function onnxruntimePackage(): { readonly folder: string; readonly version: string } {
  const file = require.resolve(`${onnxruntimeLibrary}/package.json`);
  return { folder: dirname(file), version: require(file).version };
}

function load(): typeof Onnxruntime {
  refuseTelemetry();
  try {
    return require(onnxruntimeLibrary);
  } catch (error) {
    // Below the first line Node lists what required it.
    const [line = ""] = reasonOf(error).split("\n");
    throw new LibraryError(
      { library: onnxruntimeLibrary, reason: line, need: needOf(thisHost()) },
      { cause: error },
    );
  }
}

/** What decides whether the library can be loaded. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Its version; null on other systems, and on a Linux with another C library (musl). */
  readonly glibc: string | null;
  /** Whether the package brings a binary for such a machine. */
  readonly hasBinary: boolean;
}

/**
 * What the library needs of such a machine. Of its binaries: version 1.30 asks for the symbols of glibc 2.28, macOS 14 (LC_BUILD_VERSION)
 * and MSVCP140.dll.
 */
export function needOf({ platform, arch, glibc, hasBinary }: Host): Sentence {
  if (!hasBinary) {
    const machine = `${platform}-${arch}`;
    return sentence`It has no program for ${machine} here. There is one for linux-x64, linux-arm64, darwin-arm64, win32-x64 and win32-arm64: install Gyrus for this machine, or use one of these.`;
  }
  switch (platform) {
    case "win32":
      return sentence`It needs the Microsoft Visual C++ Redistributable 2015-2022: install it from https://aka.ms/vs/17/release/vc_redist.${arch}.exe.`;
    case "darwin":
      return sentence`It needs macOS 14 or later.`;
    default:
      return glibc === null
        ? sentence`It needs a Linux with glibc 2.28 or later; this one has another C library (musl, as Alpine).`
        : sentence`It needs a Linux with glibc 2.28 or later (Ubuntu 20.04, Debian 10, Red Hat 8); this one has glibc ${glibc}.`;
  }
}

function thisHost(): Host {
  const { platform, arch } = process;
  const folder = join(onnxruntimePackage().folder, "bin", "napi-v6", platform, arch);
  return { platform, arch, glibc: glibcVersion(), hasBinary: existsSync(folder) };
}

function glibcVersion(): string | null {
  const report: unknown = process.report.getReport();
  if (typeof report !== "object" || report === null || !("header" in report)) return null;
  const { header } = report;
  if (typeof header !== "object" || header === null || !("glibcVersionRuntime" in header)) return null;
  return typeof header.glibcVersionRuntime === "string" ? header.glibcVersionRuntime : null;
}
