/** What asks for a training: experiment files, preprocessing files, layers, as the trainer and the editor read them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { experimentNetwork } from "../../../src/experiment/experimentNetwork";
import { duplicateKeys } from "../../../src/experiment/file/duplicateKeys";
import { parseJsonText } from "../../../src/experiment/file/jsonText";
import { asksForGpu, readExperiment } from "../../../src/experiment/file/resolve";
import { checkText } from "../../../src/extension/files/experimentCheck";
import { isGiven, parseExperimentText, placeOf } from "../../../src/extension/files/jsonPlaces";
import { readNetworkSource } from "../../../src/extension/panels/networkSource";
import { gyrus } from "../../support/memoryTerminal";
import type { Reader } from "../reader";
import { fileSeed, jsonSeed } from "../seeds";

const LAYERS = {
  convolutions: [
    { layer: "Conv", out_channels: 4, kernel_size: 3, padding: 1 },
    { layer: "BatchNorm" },
    { layer: "ResidualBlock", out_channels: 8, stride: 2 },
    { layer: "PadMaxPool", kernel_size: 2, stride: 2 },
  ],
  fc: [{ layer: "Flatten" }, { layer: "Dropout", p: 0.2 }, { layer: "Linear" }],
};
const EXPERIMENT = {
  caps_directory: "caps",
  tsv_path: "split",
  preprocessing_dict: { mode: "patch", patch_size: 4, stride_size: 4 },
  architecture: LAYERS,
  epochs: 3,
  batch_size: 2,
  optimizer: "SGD",
  optimizer_settings: { momentum: 0.9 },
  label_code: { AD: 0, CN: 1 },
};

const seeds = [
  jsonSeed(EXPERIMENT),
  jsonSeed({ images: { folder: "scans", pattern: "sub-{participant}_T1w.nii*" }, tsv_path: "split" }),
  fileSeed("experiment/clinicadl_classification_maps.json"),
  fileSeed("experiment/clinicadl_reconstruction_maps.json"),
];
const deep = (open: string, close: string, depth: number) =>
  Buffer.from(open.repeat(depth) + close.repeat(depth));
const withArchitecture = (architecture: unknown) => jsonSeed({ ...EXPERIMENT, architecture }).bytes;
const bombs = {
  "lists within lists": deep("[", "]", 200_000),
  "objects within objects": deep('{"a":', "}", 100_000),
  "a text of a megabyte": Buffer.from(`{"architecture":"${"\\\\a".repeat(500_000)}"}`),
  "tens of thousands of keys": Buffer.from(
    `{${Array.from({ length: 30_000 }, (_, i) => `"k${i}":${i}`).join()}}`,
  ),
  "one key again and again": Buffer.from(`{${'"a":1,'.repeat(200_000)}"a":1}`),
  "tens of thousands of layers": withArchitecture({
    convolutions: Array.from({ length: 30_000 }, () => ({ layer: "ReLU" })),
    fc: LAYERS.fc,
  }),
  "a layer of more weights than any memory": withArchitecture({
    convolutions: [{ layer: "Conv", out_channels: 2 ** 31, kernel_size: 1001, padding: 500 }],
    fc: LAYERS.fc,
  }),
  "a thousand billion splits": jsonSeed({ ...EXPERIMENT, n_splits: 1e12 }).bytes,
  "tens of thousands of selection metrics": jsonSeed({
    ...EXPERIMENT,
    selection_metrics: Array.from({ length: 30_000 }, (_, i) => `m${i}`),
  }).bytes,
};

export const experimentReaders: Readonly<Record<string, Reader>> = {
  experiment: {
    sources: ["src/experiment/file/resolve.ts", "src/experiment/file/jsonText.ts"],
    file: "fuzz.experiment.json",
    seeds,
    bombs,
    read: async (file) => {
      await asksForGpu(file);
      const { experiment } = await readExperiment(file);
      if (experiment !== null)
        experimentNetwork(experiment, { inputSize: [1, 16, 16, 16], classes: 2 }, file);
    },
  },
  "experiment in the editor": {
    sources: ["src/extension/files/jsonPlaces.ts", "src/experiment/file/duplicateKeys.ts"],
    file: "fuzz.experiment.json",
    seeds,
    bombs,
    read: async (file) => {
      const text = readFileSync(file, "utf8");
      const parsed = parseExperimentText(text);
      if ("noJson" in parsed) return;
      duplicateKeys(text);
      const { problems } = await checkText(parsed.json, file);
      for (const { where = "" } of problems.slice(0, 100)) {
        placeOf(parsed, where);
        isGiven(parsed, where);
      }
    },
  },
  "network in the editor": {
    sources: ["src/extension/panels/networkSource.ts"],
    file: "fuzz.experiment.json",
    seeds,
    bombs,
    read: (file) => readNetworkSource(file),
  },
  "preprocessing file": {
    sources: ["src/experiment/file/preprocessingSource.ts"],
    file: "preprocessing.json",
    seeds: [jsonSeed({ preprocessing: "t1-linear", mode: "patch", patch_size: 50, file_type: null })],
    prepare: (folder) => {
      const { preprocessing_dict: _, ...rest } = EXPERIMENT;
      writeFileSync(
        join(folder, "asks.experiment.json"),
        JSON.stringify({ ...rest, preprocessing_json: "./preprocessing.json" }),
      );
    },
    read: (_, folder) => readExperiment(join(folder, "asks.experiment.json")),
  },
  layers: {
    sources: ["src/cli/commands/describe.ts"],
    file: "layers.json",
    seeds: [jsonSeed(LAYERS), jsonSeed({ convolutions: LAYERS.convolutions })],
    bombs,
    read: async (file) => {
      const { printed, said } = await gyrus(
        "describe",
        file,
        "--input-size",
        "1@16x16x16",
        "--json",
        "--verbose",
      );
      if (printed.includes('"program.failed"')) throw new Error(said);
    },
  },
  "JSON text": {
    sources: [],
    file: "any.json",
    seeds,
    bombs,
    read: (file) => {
      try {
        parseJsonText(readFileSync(file, "utf8"));
      } catch (error) {
        if (!(error instanceof Error && error.name === "JsonTextError")) throw error;
      }
    },
  },
};
