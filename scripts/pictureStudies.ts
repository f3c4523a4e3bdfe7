/** What the pictures show: the demo, and beside it trainings of splits, of patches and of an autoencoder. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExperimentInput } from "../src/experiment/schema/schema";
import { mapsPlace } from "../src/maps/folder/place";
import { formatEvent } from "../src/run/eventCodec";
import { imagineRun } from "../test/support/webview/trainingRun";

export interface PictureStudies {
  readonly folder: string;
  readonly experiment: string;
  /** An experiment on patches. */
  readonly patches: string;
  /** Its data have every fault that the audit knows. */
  readonly faults: string;
  readonly maps: string;
  /** MAPS of five splits, of a network for each of 36 patches, and of an autoencoder. */
  readonly splits: string;
  readonly patchNetworks: string;
  readonly autoencoder: string;
  readonly compared: readonly string[];
  /** Name of the maps that explain the answers of `maps` for its group `test`. */
  readonly explanation: string;
}

const common: ExperimentInput = {
  network_task: "classification",
  caps_directory: "caps",
  tsv_path: "tsv/split/3_fold",
  preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
  diagnoses: ["AD", "CN"],
  n_splits: 3,
  batch_size: 4,
  epochs: 8,
  learning_rate: 3e-4,
  patience: 4,
};

const small: ExperimentInput["architecture"] = {
  convolutions: [
    { layer: "Conv", out_channels: 4, kernel_size: 3, padding: 1 },
    { layer: "ReLU" },
    { layer: "PadMaxPool", kernel_size: 2 },
  ],
  fc: [{ layer: "Flatten" }, { layer: "Linear" }],
};

/** 3 x 4 x 3 of them in a brain of the demo. */
const inPatches = { preprocessing: "t1-linear", mode: "patch", patch_size: 14, stride_size: 14 } as const;
const oneSplit = { tsv_path: "tsv/split/split", n_splits: 1 } as const;

/** By the name of their file; a training goes to `maps_<name>`. */
const trained = {
  conv5: { ...common, architecture: "Conv5_FC3" },
  conv4: { ...common, architecture: "Conv4_FC3", learning_rate: 1e-4 },
  "five-splits": { ...common, tsv_path: "tsv/split/5_fold", n_splits: 5, architecture: small, epochs: 1 },
  "patch-networks": {
    ...common,
    ...oneSplit,
    preprocessing_dict: inPatches,
    architecture: small,
    multi_network: true,
    networks_at_once: 2,
    learning_rate: 1e-3,
    epochs: 3,
  },
  autoencoder: {
    ...common,
    ...oneSplit,
    network_task: "reconstruction",
    architecture: "AE_Conv4_FC3",
    learning_rate: 1e-3,
  },
} satisfies Readonly<Record<string, ExperimentInput>>;

const EXPLANATION = "gradients-AD";
const LONG = 300;

/** Makes in `folder` what is not there yet. `cli`: the built program. */
export async function pictureStudies(folder: string, cli: string): Promise<PictureStudies> {
  const gyrus = (...words: readonly string[]) => promisify(execFile)(process.execPath, [cli, ...words]);
  const maps = join(folder, "maps");
  const mapsOf = (name: keyof typeof trained) => join(folder, `maps_${name}`);
  if (!existsSync(join(maps, "maps.json"))) await gyrus("demo", "--output", folder);
  const table = join(folder, "tsv/split/train.tsv");
  for (const folds of ["3", "5"])
    if (!existsSync(join(folder, `tsv/split/${folds}_fold`)))
      await gyrus("tsv", "kfold", table, "--n_splits", folds);
  for (const [name, experiment] of Object.entries(trained)) {
    const file = await writeExperiment(folder, name, experiment);
    const output = join(folder, `maps_${name}`);
    if (existsSync(output)) continue;
    // A training that does not end leaves nothing that would be taken for one.
    await gyrus("train", file, "--output", `${output}-begun`);
    if (output === mapsOf("five-splits")) await lengthen(`${output}-begun`);
    await rename(`${output}-begun`, output);
  }
  if (!(await readdir(maps, { recursive: true })).some((name) => name.endsWith(`interpret-${EXPLANATION}`)))
    await gyrus("interpret", maps, "test", EXPLANATION, "gradients");
  return {
    folder,
    maps,
    experiment: join(folder, "demo.experiment.json"),
    patches: await writeExperiment(folder, "patches", { ...common, preprocessing_dict: inPatches }),
    faults: join(folder, "more/faults.experiment.json"),
    splits: mapsOf("five-splits"),
    patchNetworks: mapsOf("patch-networks"),
    autoencoder: mapsOf("autoencoder"),
    compared: [maps, mapsOf("conv5"), mapsOf("conv4")],
    explanation: EXPLANATION,
  };
}

/** Gives each split of a MAPS the events of an imagined training of hundreds of epochs, which nobody waits for. */
async function lengthen(maps: string): Promise<void> {
  for (const split of [0, 1, 2, 3, 4]) {
    const run = {
      split,
      seed: split + 1,
      epochs: LONG,
      epochsDone: LONG,
      patience: LONG,
      batchesPerEpoch: 4,
    };
    const events = imagineRun({ ...run, end: true }).map(formatEvent);
    await writeFile(mapsPlace(maps).split(split).network().eventsJsonl, events.join(""));
  }
  const file = mapsPlace(maps).mapsJson;
  await writeFile(file, (await readFile(file, "utf8")).replace(/"epochs": 1\b/, `"epochs": ${LONG}`));
}

async function writeExperiment(folder: string, name: string, experiment: ExperimentInput): Promise<string> {
  const file = join(folder, `${name}.experiment.json`);
  await writeFile(file, `${JSON.stringify(experiment, null, 2)}\n`);
  return file;
}
