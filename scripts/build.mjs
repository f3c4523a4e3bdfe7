// Builds everything that runs into dist/: `node scripts/build.mjs [--production]`.
import { rm } from "node:fs/promises";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { buildWebviews } from "./webviews.mjs";

const production = process.argv.includes("--production");
await rm("dist", { recursive: true, force: true });

/** The inner loops of the optimizers, for src/engine/optimizer/kernels.ts to find beside the programs. */
const { error, stderr } = await asc.main([
  "src/engine/optimizer/kernels/index.ts",
  ...["--outFile", "dist/optimizer.wasm"],
  ...["-O3", "--noAssert", "--enable", "simd"],
  // No allocator and no memory of its own: it works on the memory that is given to it.
  ...["--runtime", "stub", "--importMemory", "--noExportMemory"],
]);
if (error) throw new Error(`optimizer.wasm: ${stderr.toString()}`, { cause: error });

/** Programs of Node: the trainer with its terminal commands, and its helpers. */
await build({
  entryPoints: {
    cli: "src/cli/main.ts",
    volumeWorker: "src/data/volumeWorker.ts",
    probeTensorFlow: "src/engine/tensorflow/probe.ts",
  },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Native modules stay in node_modules; the rest is bundled, so that starting is reading one file.
  external: ["onnxruntime-node"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  minify: production,
  sourcemap: !production,
  logLevel: "warning",
});

await buildWebviews(production);
