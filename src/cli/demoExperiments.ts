/** The experiment files of the demo: one to begin with, and in `more/` what else can be tried on its brains (docs/demo.md). */
import { join, relative } from "node:path";
import { type DemoOptions, type DemoStudy, writeDemo } from "../data/demo/demoCaps";
import { PROGRESSION } from "../data/demo/demoPeople";
import { type FaultyStudy, writeFaultyStudy } from "../data/demo/faultyStudy";
import { EXPERIMENT_ENDING } from "../experiment/file/experimentFileName";
import type { ExperimentInput } from "../experiment/schema/schema";
import { writeAtomically } from "../files/atomicFile";
import { formatRecords } from "../files/tsv";

export interface DemoFolder {
  readonly folder: string;
  readonly study: DemoStudy;
  readonly more: MoreStudies;
  readonly seed: number;
}

/** Of other people than the first. */
export interface MoreStudies {
  /** A second cohort. */
  readonly second: DemoStudy;
  /** Who of the mildly impaired will progress. */
  readonly progression: DemoStudy;
  /** With faults, for the audit to find. */
  readonly faults: FaultyStudy;
}

/** Writes the studies in `more/`. @param onProgress called for each of them apart */
export async function writeMoreStudies(
  folder: string,
  seed: number,
  onProgress: NonNullable<DemoOptions["onProgress"]> = () => {},
): Promise<MoreStudies> {
  const more = moreFolder(folder);
  const second = await writeDemo(join(more, "second-site"), {
    seed: seed + 1,
    participants: 48,
    sites: ["site-4"],
    onProgress,
  });
  const progression = await writeDemo(join(more, "progression"), {
    seed: seed + 2,
    participants: 64,
    contrast: PROGRESSION,
    prefix: "sub-mci",
    onProgress,
  });
  const faults = await writeFaultyStudy(join(more, "faults"), second, seed);
  return { second, progression, faults };
}

const moreFolder = (folder: string) => join(folder, "more");

/** Writes all of them. @returns the one to begin with */
export async function writeDemoExperiments(demo: DemoFolder): Promise<string> {
  const { folder, study, seed } = demo;
  const more = moreFolder(folder);
  const write = async (place: string, name: string, experiment: ExperimentInput) => {
    const file = join(place, `${name}${EXPERIMENT_ENDING}`);
    await writeAtomically(file, `${JSON.stringify(experiment, null, 2)}\n`);
    return file;
  };
  for (const [name, experiment] of Object.entries(moreExperiments(demo))) await write(more, name, experiment);
  const cohorts = { first: study, second: demo.more.second };
  const rows = Object.entries(cohorts).map(([cohort, { caps, split }]) => ({
    cohort,
    caps: relative(more, caps),
    split: relative(more, split),
  }));
  await writeAtomically(
    join(more, COHORTS.caps),
    formatRecords(
      ["cohort", "path"],
      rows.map(({ cohort, caps }) => ({ cohort, path: caps })),
    ),
  );
  await writeAtomically(
    join(more, COHORTS.labels),
    formatRecords(
      ["cohort", "path", "diagnoses"],
      rows.map(({ cohort, split }) => ({ cohort, path: split, diagnoses: "AD,CN" })),
    ),
  );
  return await write(folder, "demo", {
    ...wholeBrains(seed),
    ...dataOf(study, folder),
    diagnoses: ["AD", "CN"],
  });
}

const COHORTS = { caps: "cohorts-caps.tsv", labels: "cohorts-labels.tsv" } as const;

const wholeBrains = (seed: number) =>
  ({
    network_task: "classification",
    architecture: "Conv5_FC3",
    preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    batch_size: 4,
    epochs: 12,
    learning_rate: 3e-4,
    patience: 6,
    seed,
  }) satisfies Partial<ExperimentInput>;

/** By the name of their file. A training in VS Code goes to `maps_<name>` beside the file: so does the one that is moved here. */
function moreExperiments(demo: DemoFolder): Readonly<Record<string, ExperimentInput>> {
  const { folder, study, more, seed } = demo;
  const place = moreFolder(folder);
  const classification = {
    network_task: "classification",
    ...dataOf(study, place),
    diagnoses: ["AD", "CN"],
    preprocessing_dict: {
      preprocessing: "t1-linear",
      mode: "roi",
      roi_list: ["leftHippocampus", "rightHippocampus"],
    },
    architecture: layers([8, 16]),
    batch_size: 8,
    learning_rate: 1e-3,
    seed,
  } satisfies ExperimentInput;
  const quick = {
    network_task: "classification",
    diagnoses: ["AD", "CN"],
    preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    architecture: layers([4, 8, 16]),
    batch_size: 4,
    epochs: 4,
    seed,
  } satisfies Partial<ExperimentInput>;
  return {
    autoencoder: { ...classification, network_task: "reconstruction", epochs: 6 },
    "from-autoencoder": { ...classification, transfer_path: "maps_autoencoder", epochs: 4 },
    "from-scratch": { ...classification, epochs: 4 },
    patches: {
      ...classification,
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 24, stride_size: 24 },
      architecture: layers([4, 8, 16]),
      multi_network: true,
      networks_at_once: 2,
      epochs: 8,
    },
    "two-cohorts": {
      ...classification,
      multi_cohort: true,
      caps_directory: COHORTS.caps,
      tsv_path: COHORTS.labels,
      epochs: 6,
    },
    progression: {
      ...wholeBrains(seed),
      ...dataOf(more.progression, place),
      diagnoses: ["pMCI", "sMCI"],
    },
    faults: { ...quick, ...dataOf(more.faults, place) },
    "faults-exported": { ...quick, ...dataOf({ ...more.faults, split: more.faults.exported }, place) },
  };
}

const dataOf = ({ caps, split }: Pick<DemoStudy, "caps" | "split">, place: string) => ({
  caps_directory: relative(place, caps),
  tsv_path: relative(place, split),
});

/** A CNN of one's own: a block of convolution, normalisation and pooling for each number of channels, then the answer. */
function layers(channels: readonly number[]): ExperimentInput["architecture"] {
  return {
    convolutions: channels.flatMap((count) => [
      { layer: "Conv", out_channels: count, kernel_size: 3, padding: 1 } as const,
      { layer: "BatchNorm" } as const,
      { layer: "ReLU" } as const,
      { layer: "PadMaxPool", kernel_size: 2 } as const,
    ]),
    fc: [{ layer: "Flatten" }, { layer: "Linear", out_features: 32 }, { layer: "ReLU" }, { layer: "Linear" }],
  };
}
