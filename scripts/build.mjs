// Builds everything that runs into dist/: `node scripts/build.mjs [--production]`.
import { rm } from "node:fs/promises";
import { build } from "esbuild";
import { buildWebviews } from "./webviews.mjs";

const production = process.argv.includes("--production");
await rm("dist", { recursive: true, force: true });

/** Programs of Node: the trainer with its terminal commands, and its helpers. */
await build({
  entryPoints: { cli: "src/cli/main.ts" },
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
