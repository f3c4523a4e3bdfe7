/** Where TensorFlow for Node stands. It is no part of Gyrus: a user installs it who has a card for it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** The packages that bring TensorFlow to Node: the one that computes on an NVIDIA GPU first. */
export const TENSORFLOW_PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

export interface TensorFlowPackage {
  readonly library: (typeof TENSORFLOW_PACKAGES)[number];
  readonly version: string;
  /** Of the package itself. */
  readonly folder: string;
}

/**
 * Every installation that can be reached from `folders`, in their order, each once: that of a folder which is the package
 * itself, or those that a program in the folder could load. Nothing of them is run.
 */
export function findTensorFlow(folders: readonly string[]): TensorFlowPackage[] {
  const found = new Map<string, TensorFlowPackage>();
  for (const folder of folders.map((each) => resolve(each))) {
    const manifests = [
      join(folder, "package.json"),
      ...TENSORFLOW_PACKAGES.flatMap((name) => manifestSeenFrom(folder, name)),
    ];
    for (const manifest of manifests) {
      const tensorFlow = readManifest(manifest);
      if (tensorFlow !== null && !found.has(tensorFlow.folder)) found.set(tensorFlow.folder, tensorFlow);
    }
  }
  return [...found.values()];
}

/** The package.json of `name` as a program in `folder` would find it. */
function manifestSeenFrom(folder: string, name: string): string[] {
  try {
    return [createRequire(join(folder, "package.json")).resolve(`${name}/package.json`)];
  } catch {
    return [];
  }
}

function readManifest(file: string): TensorFlowPackage | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof manifest !== "object" || manifest === null) return null;
    const library = TENSORFLOW_PACKAGES.find((name) => "name" in manifest && manifest.name === name);
    if (library === undefined) return null;
    const version = "version" in manifest ? String(manifest.version) : "unknown";
    return { library, version, folder: dirname(file) };
  } catch {
    return null;
  }
}
