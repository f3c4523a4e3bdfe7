// Builds everything that runs into dist/: `node scripts/build.mjs [--production]`.
import { readFile, rm } from "node:fs/promises";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { buildWebviews } from "./webviews.mjs";

const production = process.argv.includes("--production");
await rm("dist", { recursive: true, force: true });

const common = {
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  minify: production,
  sourcemap: !production,
  logLevel: "warning",
};

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
  ...common,
  entryPoints: {
    cli: "src/cli/main.ts",
    volumeWorker: "src/data/volumeWorker.ts",
    probeTensorFlow: "src/engine/tensorflow/probe.ts",
    ...(production ? {} : { bench: "test/bench/bench.ts" }),
  },
  format: "esm",
  // Native modules stay in node_modules; the rest is bundled, so that starting is reading one file.
  external: ["onnxruntime-node"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

/** What VS Code loads. */
await build({
  ...common,
  entryPoints: { extension: "src/extension/extension.ts" },
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  external: ["vscode"],
  // Always: a smaller file is read faster, and its size is tested.
  minify: true,
  plugins: [shakenZod()],
});

await buildWebviews(production);

/** zod is imported as one object: written as a namespace instead, only what is used of it comes along, a third. */
function shakenZod() {
  return {
    name: "shaken-zod",
    setup(bundle) {
      bundle.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
        contents: (await readFile(path, "utf8")).replace(
          'import { z } from "zod"',
          'import * as z from "zod"',
        ),
        loader: "ts",
      }));
    },
  };
}
