/**
 * maps.json: the experiment of a MAPS with every default filled in, and what was found out about its network. Keys and their
 * order are ClinicaDL's, so that its users and its code can read ours; what Gyrus adds comes last.
 */

import type { Experiment } from "../../experiment/experiment";
import { isRecord, withCurrentKeys } from "../../experiment/file/clinicaDlKeys";
import { parseJsonText } from "../../experiment/file/jsonText";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import type { Mode, Preprocessing } from "../../experiment/schema/preprocessing";
import { refusedFile } from "../../experiment/unreadableFile";
import { FileRefusal, MOST_BYTES, withFile } from "../../files/reader";
import { withReadablePaths } from "./clinicadlPaths";
import { writeJson } from "./json";
import { mapsPlace } from "./place";

/** What the experiment does not say, because it follows from the data. */
export interface NetworkFacts {
  /** Parts of one image (ClinicaDL's `num_networks`, whether or not there are several networks). */
  readonly partsPerImage: number;
  readonly inputSize: readonly number[];
  /** Number of classes, 1 for a value, or the size of a reconstruction. */
  readonly outputSize: number | readonly number[];
}

export interface MapsParameters {
  /** Everything in the file, with today's keys where it was written by an older version. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Null when ClinicaDL wrote it. */
  readonly gyrusVersion: string | null;
  readonly partsPerImage: number;
  readonly inputSize: readonly number[];
  readonly outputSize: number | readonly number[] | null;
  /** When the file was written: milliseconds since 1970. */
  readonly modified: number;
}

export async function writeMapsJson(
  maps: string,
  experiment: Experiment,
  facts: NetworkFacts,
  gyrusVersion: string,
): Promise<void> {
  await writeJson(mapsPlace(maps).mapsJson, parametersOf(experiment, facts, gyrusVersion));
}

/** The content of maps.json. */
export function parametersOf(
  experiment: Experiment,
  { partsPerImage, inputSize, outputSize }: NetworkFacts,
  gyrusVersion: string,
): Record<string, unknown> {
  const classification = experiment.network_task === "classification";
  const { label, label_code, selection_threshold } = experiment;
  const known = {
    architecture: experiment.architecture,
    multi_network: experiment.multi_network,
    ssda_network: false,
    dropout: experiment.dropout,
    latent_space_size: experiment.latent_space_size,
    feature_size: 1024,
    n_conv: 4,
    io_layer_channels: 8,
    recons_weight: 1,
    kl_weight: 1,
    normalization: "batch",
    selection_metrics: experiment.selection_metrics,
    ...(label === null ? {} : { label }),
    ...(classification ? { label_code, selection_threshold } : {}),
    loss: experiment.loss,
    gpu: false,
    n_proc: experiment.n_proc,
    batch_size: experiment.batch_size,
    evaluation_steps: experiment.evaluation_steps,
    fully_sharded_data_parallel: false,
    amp: false,
    seed: experiment.seed,
    deterministic: false,
    compensation: "memory",
    track_exp: "",
    transfer_path: experiment.transfer_path ?? false,
    transfer_selection_metric: experiment.transfer_selection_metric,
    nb_unfrozen_layer: experiment.nb_unfrozen_layer,
    use_extracted_features: false,
    multi_cohort: experiment.multi_cohort,
    diagnoses: experiment.diagnoses,
    baseline: experiment.baseline,
    valid_longitudinal: experiment.valid_longitudinal,
    normalize: experiment.normalize,
    data_augmentation: experiment.data_augmentation,
    sampler: experiment.sampler,
    size_reduction: experiment.size_reduction,
    size_reduction_factor: experiment.size_reduction_factor,
    caps_target: "",
    tsv_target_lab: "",
    tsv_target_unlab: "",
    preprocessing_dict_target: "",
    n_splits: experiment.n_splits,
    optimizer: experiment.optimizer,
    epochs: experiment.epochs,
    learning_rate: experiment.learning_rate,
    adaptive_learning_rate: experiment.adaptive_learning_rate,
    weight_decay: experiment.weight_decay,
    patience: experiment.patience,
    tolerance: experiment.tolerance,
    accumulation_steps: experiment.accumulation_steps,
    profiler: false,
    save_all_models: experiment.save_all_models,
    emissions_calculator: false,
    network_task: experiment.network_task,
    caps_directory: experiment.caps_directory,
    tsv_path: experiment.tsv_path,
    preprocessing_dict: {
      ...relevantPreprocessing(experiment.preprocessing_dict),
      ...(experiment.images !== null && { custom_suffix: NO_SUFFIX }),
    },
    mode: experiment.preprocessing_dict.mode,
    split: experiment.split,
    validation: experiment.n_splits > 1 ? "KFoldSplit" : "SingleSplit",
    ...(label === null ? { label } : {}),
    ...(classification ? {} : { selection_threshold, label_code }),
    num_networks: partsPerImage,
    output_size: outputSize,
    input_size: inputSize,
  };
  const { images, ...settings } = experiment;
  const own = Object.entries(settings).filter(([key]) => !(key in known));
  return withReadablePaths({
    ...known,
    ...Object.fromEntries(own),
    ...(images !== null && { images, clinicadl: NOT_FOR_CLINICADL }),
    gyrus_version: gyrusVersion,
  });
}

/** For whoever opens the file, or reads it by ClinicaDL, which passes over keys that it does not know. */
const NOT_FOR_CLINICADL = "ClinicaDL cannot read the images of this training: they stand in no CAPS.";

/** Of images that stand in no CAPS: ClinicaDL stops where a `custom` preprocessing has none. */
const NO_SUFFIX = "";

const PARTS_KEYS: Readonly<Record<Mode, readonly string[]>> = {
  image: [],
  patch: ["patch_size", "stride_size"],
  slice: ["slice_direction", "slice_mode", "discarded_slices", "num_slices"],
  roi: ["roi_list", "uncropped_roi", "roi_custom_template", "roi_custom_mask_pattern"],
};

/** As prepare-data writes it: without the settings of the other modes. */
function relevantPreprocessing(preprocessing: Preprocessing): Record<string, unknown> {
  const others = Object.entries(PARTS_KEYS)
    .filter(([mode]) => mode !== preprocessing.mode)
    .flatMap(([, keys]) => keys);
  return Object.fromEntries(Object.entries(preprocessing).filter(([key]) => !others.includes(key)));
}

/** Reads the maps.json of Gyrus or of any ClinicaDL since 1.0. Throws an InputError when there is none or it makes no sense. */
export async function readMapsJson(maps: string): Promise<MapsParameters> {
  const file = mapsPlace(maps).mapsJson;
  const { text, modified } = await readSmallFile(file);
  const json = withCurrentKeys(parseObject(file, text));
  const { gyrus_version, num_networks, input_size, output_size } = json;
  return {
    json,
    gyrusVersion: typeof gyrus_version === "string" ? gyrus_version : null,
    partsPerImage: typeof num_networks === "number" ? num_networks : 1,
    inputSize: isSizes(input_size) ? input_size : [],
    outputSize: typeof output_size === "number" || isSizes(output_size) ? output_size : null,
    modified,
  };
}

async function readSmallFile(path: string): Promise<{ text: string; modified: number }> {
  try {
    return await withFile(path, async ({ size, modified, read }) => {
      if (size > MOST_BYTES.json) throw refuse("maps.too-large", { file: path });
      return { text: (await read(0, size)).toString("utf8"), modified };
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof FileRefusal) throw new InputError([refusedFile(error)]);
    throw refuse("maps.none", { file: path });
  }
}

function parseObject(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const json = parseJsonText(text);
    if (isRecord(json)) return json;
  } catch {
    // Damaged: told below.
  }
  throw refuse("maps.not-json", { file: file });
}

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => typeof size === "number");
