/**
 * @tensorflow/tfjs-node-gpu as it comes from the npm registry, whose native part is one of ours that computes in JavaScript.
 * All that the package itself does is what it does on a GPU: which operations it knows, how it calls them, what it keeps and
 * gives back.
 */
import { join } from "node:path";
import { build } from "esbuild";
import { TENSORFLOW_PACKAGES } from "../../../src/engine/tensorflow/library/findTensorFlow";
import { TENSORFLOW_VERSION } from "../../../src/engine/tensorflow/library/machine";
import { writeAtomically } from "../../../src/files/atomicFile";
import { installedPackage } from "../packageCache";

const [GPU_PACKAGE] = TENSORFLOW_PACKAGES;

/** Where the package looks for it. A folder of that name is a module too. */
export const NATIVE_PART = "lib/napi-v8/tfjs_binding.node";

/** The folder of the package. */
export async function packageInJavaScript(): Promise<string> {
  const cache = await installedPackage(`${GPU_PACKAGE}@${TENSORFLOW_VERSION}`);
  const folder = join(cache, "node_modules", GPU_PACKAGE);
  await writeAtomically(join(folder, NATIVE_PART, "index.js"), await bundleBinding());
  return folder;
}

/** The text of a CommonJS module. */
export async function bundleBinding(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "binding.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    external: ["@tensorflow/*"],
  });
  return outputFiles[0]!.text;
}
