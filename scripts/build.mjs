// Builds everything that runs into dist/: `node scripts/build.mjs [--production]`.
import { rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { evaluated } from "./evaluated.mjs";
import { buildExtension, shakenZod } from "./extension.mjs";
import { bundledPackages, writeNotices } from "./notices.mjs";
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

/** Programs of Node: the trainer with its terminal commands, and its helpers. */
const programs = await build({
  ...common,
  metafile: true,
  plugins: [shakenZod()],
  entryPoints: {
    cli: "src/cli/main.ts",
    volumeWorker: "src/data/nifti/volumeWorker.ts",
    inputsWorker: "src/extension/panels/inputs/inputsWorker.ts",
    modelWorker: "src/engine/onnx/hosted/modelWorker.ts",
    probeTensorFlow: "src/engine/tensorflow/library/probe.ts",
    probeCard: "src/engine/webgpu/device/probe.ts",
    ...(production
      ? {}
      : {
          bench: "test/bench/bench.ts",
          auditCost: "test/bench/auditCost.ts",
          scale: "test/bench/scale.ts",
        }),
  },
  format: "esm",
  // What the programs share stands in the package once.
  splitting: true,
  chunkNames: "shared-[hash]",
  // Native modules stay in node_modules; the rest is bundled, so that starting is reading few files.
  external: ["onnxruntime-node", "webgpu"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

const extension = await buildExtension(production);
const webviews = await buildWebviews(production);
await writeNotices(
  bundledPackages(
    [programs.metafile, extension, webviews],
    ["dist/bench.js", "dist/auditCost.js", "dist/scale.js"],
  ),
);

/** What the editor offers in experiment files, and by what it checks a maps.json: from the one schema of the program. */
const { experimentOffers } = await evaluated("src/experiment/schema/offeringSchema.ts");
await writeFile("dist/experiment.schema.json", JSON.stringify(experimentOffers()));
const { experimentJsonSchema } = await evaluated("src/experiment/schema/jsonSchema.ts");
await writeFile("dist/maps.schema.json", JSON.stringify(experimentJsonSchema()));
