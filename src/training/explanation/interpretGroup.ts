/**
 * Saliency maps of a data group: how the answer for each participant depends on the image, by gradients or Grad-CAM, and their
 * mean, as NIfTI volumes that lie on the images.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { batches } from "../../data/batches/batches";
import type { Dataset } from "../../data/batches/dataset";
import { openDataset, openReader } from "../../data/batches/volumeDataset";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { Engine, Predictor } from "../../engine/engine";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { mapsPlace } from "../../maps/folder/place";
import { loadTensor, saveTensor } from "../../maps/weights/tensorFile";
import { elementCount } from "../../network/weights/tensor";
import { groupVoxels } from "../results/groupVoxels";
import { participantInFiles } from "../results/participantInFiles";
import { keepGroup, type PredictionRequest, planPrediction } from "../results/predictionPlan";
import {
  loadBest,
  openMaps,
  type SelectedModels,
  selectModels,
  type TrainedMaps,
} from "../results/trainedMaps";
import { gradCam } from "./gradCam";
import { writePartVolume } from "./partVolume";

export const INTERPRETATION_METHODS = ["gradients", "grad-cam"] as const;
export type InterpretationMethod = (typeof INTERPRETATION_METHODS)[number];

export interface InterpretationRequest
  extends Pick<
    PredictionRequest,
    | "maps"
    | "group"
    | "caps"
    | "tsv"
    | "label"
    | "diagnoses"
    | "splits"
    | "metrics"
    | "skipLeakCheck"
    | "acceptSpace"
  > {
  /** The maps go to `interpret-<name>`. */
  readonly name: string;
  readonly method: InterpretationMethod;
  /** The output that is explained: a class code, 0 for a regression. */
  readonly node?: number;
  /** Grad-CAM: number of layers of `convolutions` whose features are taken; all when absent. */
  readonly level?: number | undefined;
  /** Replace maps of the same name. */
  readonly overwrite?: boolean;
  /** The maps as PyTorch tensors too. */
  readonly saveTensors?: boolean;
}

export interface InterpretationOptions {
  readonly engine: Engine;
  readonly signal?: AbortSignal;
  readonly onWarning?: (warning: Problem) => void;
  /** Headers of images that were read. */
  readonly onHeader?: (done: number, of: number) => void;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface InterpretationOutcome {
  readonly maps: string;
  readonly group: string;
  /** Folders that hold the maps. */
  readonly folders: readonly string[];
  readonly stopped: boolean;
}

/** Throws an InputError with all that is wrong before anything is written. Maps appear when all of a model are complete. */
export async function interpretGroup(
  request: InterpretationRequest,
  options: InterpretationOptions,
): Promise<InterpretationOutcome> {
  const { maps, group } = request;
  const trained = await openMaps(maps);
  checkRequest(request, trained);
  const selected = await selectModels(maps, request);
  const folders = selected.map((choice) => interpretationFolder(request, choice));
  const taken = folders.filter((folder) => existsSync(folder));
  if (taken.length > 0 && !request.overwrite) {
    throw new InputError(taken.map((file) => problem("interpretation.exists", { file })));
  }
  const plan = await planPrediction(request, trained, options.onHeader);
  const reader = openReader(plan, { workers: trained.experiment.n_proc, readTensor: loadTensor });
  try {
    const found = await groupVoxels(trained, plan, reader);
    for (const warning of [...plan.warnings, ...found]) options.onWarning?.(warning);
    await keepGroup(request, plan);
    const datasets = trained.networks.map((part) =>
      openDataset(plan, plan.images, reader, part === null ? {} : { part }),
    );
    const complete = await interpretWithAll({ request, trained, plan, datasets, options }, selected);
    return { maps, group, folders: folders.slice(0, complete), stopped: complete < folders.length };
  } finally {
    await reader.close();
  }
}

function checkRequest(
  { maps, name, method, level, node = 0 }: InterpretationRequest,
  trained: TrainedMaps,
): void {
  const { network, learned } = trained;
  if (network.family !== "cnn") {
    throw refuse("interpretation.no-answer", { file: maps });
  }
  if (name === "" || basename(name) !== name) {
    throw refuse("interpretation.name", { file: maps }, { name });
  }
  const outputs = learned.task === "classification" ? learned.classes.length : 1;
  if (node >= outputs) {
    const names = learned.classes.map((label, code) => `${code} ${label}`);
    const outputs = names.length === 0 ? "0" : names;
    throw refuse("interpretation.output", { file: maps }, { node, outputs });
  }
  const layers = network.convolutions.length;
  if (method === "grad-cam" && level !== undefined && (level < 1 || level > layers)) {
    throw refuse("interpretation.level", { file: maps }, { level, layers });
  }
}

function interpretationFolder({ maps, group, name }: InterpretationRequest, choice: SelectedModels): string {
  return join(
    mapsPlace(maps).split(choice.split).best(choice.metric).results(group).folder,
    `interpret-${name}`,
  );
}

interface Interpretation {
  readonly request: InterpretationRequest;
  readonly trained: TrainedMaps;
  readonly plan: GroupPlan;
  /** One a network. */
  readonly datasets: readonly Dataset[];
  readonly options: InterpretationOptions;
}

/** @returns how many of the models are done: fewer than all after a stop */
async function interpretWithAll(job: Interpretation, selected: readonly SelectedModels[]): Promise<number> {
  const { request, trained, options } = job;
  const total = selected.length * job.datasets.reduce((sum, { samples }) => sum + samples.length, 0);
  let predictor: Predictor | undefined;
  let done = 0;
  try {
    for (const [complete, choice] of selected.entries()) {
      const folder = interpretationFolder(request, choice);
      const partial = `${folder}.partial`;
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true });
      for (const [place, network] of trained.networks.entries()) {
        const weights = await loadBest(trained, choice, network);
        if (predictor === undefined) predictor = await options.engine.predictor(trained.network, weights);
        else await predictor.setWeights(weights);
        const whole = await interpretWith(job, predictor, job.datasets[place]!, partial, (samples) => {
          options.onProgress?.(done + samples, total);
        });
        if (!whole) return complete;
        done += job.datasets[place]!.samples.length;
      }
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
    }
    return selected.length;
  } finally {
    await predictor?.dispose();
  }
}

/** Maps of one network: of each sample, and of each part their mean over the images. False after a stop. */
async function interpretWith(
  { request, trained, plan, options }: Interpretation,
  predictor: Predictor,
  dataset: Dataset,
  folder: string,
  onProgress: (samples: number) => void,
): Promise<boolean> {
  const { mode } = trained.experiment.preprocessing_dict;
  const { samples, partsPerImage } = dataset;
  const nameOf = participantInFiles(plan.images);
  const sums = new Map<number, Float64Array>();
  const order = samples.map((_, index) => index);
  const write = async (name: string, image: string, part: number, map: Float32Array) => {
    const place = plan.partNumbers.indexOf(part);
    await writePartVolume(join(folder, `${name}_map.nii.gz`), image, plan, place, map);
    if (!request.saveTensors) return;
    const shape = [1, ...trained.network.inputSize.slice(1)];
    await saveTensor(join(folder, `${name}_map.pt`), { dtype: "float32", shape, data: map });
  };
  let done = 0;
  for await (const { indices, input } of batches(dataset, order, trained.experiment.batch_size)) {
    if (options.signal?.aborted) return false;
    const maps = await mapsOf(request, trained, predictor, indices.length, input);
    for (const [i, index] of indices.entries()) {
      const { sessionId, part } = samples[index]!;
      const image = plan.images[Math.floor(index / partsPerImage)]!;
      const map = maps[i]!;
      const sum = sums.get(part) ?? new Float64Array(map.length);
      for (let voxel = 0; voxel < sum.length; voxel++) sum[voxel]! += map[voxel]!;
      sums.set(part, sum);
      await write(`${nameOf(image)}_${sessionId}_${mode}-${part}`, image.file, part, map);
    }
    done += indices.length;
    onProgress(done);
  }
  for (const [part, sum] of sums) {
    const mean = Float32Array.from(sum, (value) => value / plan.images.length);
    await write(`mean_${mode}-${part}`, plan.images[0]!.file, part, mean);
  }
  return true;
}

/** A map of the spatial size of the input for each sample. */
async function mapsOf(
  { method, node = 0, level }: InterpretationRequest,
  { network }: TrainedMaps,
  predictor: Predictor,
  size: number,
  image: Float32Array,
): Promise<Float32Array[]> {
  const [channels = 1, ...spatial] = network.inputSize;
  const layers = level ?? (network.family === "cnn" ? network.convolutions.length : 0);
  const place = method === "gradients" ? "input" : { afterConvolutionLayers: layers };
  const { activations, gradients } = await predictor.saliency({ size, inputs: { image } }, node, place);
  const [, ...shape] = gradients.shape;
  const width = elementCount(shape);
  return Array.from({ length: size }, (_, sample) => {
    const own = (data: Float32Array) => data.subarray(sample * width, (sample + 1) * width);
    if (method === "grad-cam") return gradCam(own(activations.data), own(gradients.data), shape, spatial);
    return sumOverChannels(own(gradients.data), channels);
  });
}

/** The channels of an input are copies of one slice: moving a voxel moves them all. */
function sumOverChannels(values: Float32Array, channels: number): Float32Array {
  const places = values.length / channels;
  const sum = values.slice(0, places);
  for (let i = places; i < values.length; i++) sum[i % places]! += values[i]!;
  return sum;
}
