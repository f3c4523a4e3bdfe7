/** What the pictures show: the demo, and beside it two trainings over three splits to compare, and an experiment on patches. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExperimentInput } from "../src/experiment/schema/schema";

export interface PictureStudies {
  readonly folder: string;
  readonly experiment: string;
  readonly patches: string;
  /** Its data have every fault that the audit knows. */
  readonly faults: string;
  readonly maps: string;
  readonly compared: readonly string[];
  /** A NIfTI image. */
  readonly image: string;
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

const compared: Readonly<Record<string, ExperimentInput>> = {
  conv5: { ...common, architecture: "Conv5_FC3" },
  conv4: { ...common, architecture: "Conv4_FC3", learning_rate: 1e-4 },
};

/** Makes in `folder` what is not there yet. `cli`: the built program. */
export async function pictureStudies(folder: string, cli: string): Promise<PictureStudies> {
  const gyrus = (...words: readonly string[]) => promisify(execFile)(process.execPath, [cli, ...words]);
  const maps = join(folder, "maps");
  if (!existsSync(join(maps, "maps.json"))) await gyrus("demo", "--output", folder);
  const table = join(folder, "tsv/split/train.tsv");
  if (!existsSync(join(folder, common.tsv_path))) await gyrus("tsv", "kfold", table, "--n_splits", "3");
  for (const [name, experiment] of Object.entries(compared)) {
    const file = await writeExperiment(folder, name, experiment);
    const output = join(folder, `maps_${name}`);
    if (!existsSync(output)) await gyrus("train", file, "--output", output);
  }
  return {
    folder,
    maps,
    experiment: join(folder, "demo.experiment.json"),
    patches: await writeExperiment(folder, "patches", {
      ...common,
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 16, stride_size: 16 },
    }),
    faults: join(folder, "more/faults.experiment.json"),
    compared: [maps, ...Object.keys(compared).map((name) => join(folder, `maps_${name}`))],
    image: await firstImage(join(folder, "caps/subjects")),
  };
}

async function writeExperiment(folder: string, name: string, experiment: ExperimentInput): Promise<string> {
  const file = join(folder, `${name}.experiment.json`);
  await writeFile(file, `${JSON.stringify(experiment, null, 2)}\n`);
  return file;
}

async function firstImage(subjects: string): Promise<string> {
  const files = await readdir(subjects, { recursive: true });
  const [first] = files.filter((name) => name.endsWith("_T1w.nii.gz")).sort();
  if (first === undefined) throw new Error(`${subjects} holds no image.`);
  return join(subjects, first);
}
