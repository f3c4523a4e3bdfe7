/**
 * Saliency maps of a data group: how the answer for each participant depends on the image, by gradients or Grad-CAM, and their
 * mean, as NIfTI volumes that lie on the images.
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../../data/batches/dataset";
import { passInOrder, ReadAhead } from "../../data/batches/readAhead";
import { openDataset, openReader } from "../../data/batches/volumeDataset";
import { readingOf } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { Engine, Predictor } from "../../engine/engine";
import { nameFault } from "../../experiment/names";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { writeFolder } from "../../files/wholeFolder";
import { mapsPlace } from "../../maps/folder/place";
import { loadTensor, saveTensor } from "../../maps/weights/tensorFile";
import { elementCount } from "../../network/weights/tensor";
import { checkGroupName } from "../results/groupName";
import { groupVoxels } from "../results/groupVoxels";
import { participantInFiles } from "../results/participantInFiles";
import { keepGroup, type PredictionRequest, planPrediction } from "../results/predictionPlan";
import { resultsFolder } from "../results/resultsFolder";
import {
  loadBest,
  openMaps,
  type SelectedModels,
  selectModels,
  type TrainedMaps,
} from "../results/trainedMaps";
import { gradCam } from "./gradCam";
import {
  type InterpretationMethod,
  type InterpretationRecord,
  interpretationRecord,
  isRecorded,
  writeInterpretationRecord,
} from "./interpretationRecord";
import { writePartVolume } from "./partVolume";

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
    | "leaveOut"
    | "acceptSpace"
    | "output"
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
  /** Where they stand: the MAPS, or the folder that was asked for. */
  readonly output: string;
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
  await checkGroupName(request);
  const trained = await openMaps(maps);
  checkRequest(request, trained);
  const selected = await selectModels(maps, request);
  const output = await resultsFolder(request, selected);
  const asked = await Promise.all(selected.map((choice) => askedOf(request, output, trained, choice)));
  const left = await leftToDo(request, asked);
  const planned = await planPrediction(request, trained, options.onHeader);
  const reader = openReader(planned, { ...readingOf(trained.experiment), readTensor: loadTensor });
  try {
    const plan = await groupVoxels(trained, planned, request, reader);
    for (const warning of plan.warnings) options.onWarning?.(warning);
    await keepGroup(request, output, plan);
    const datasets = trained.networks.map((part) =>
      openDataset(plan, plan.images, reader, part === null ? {} : { part }),
    );
    const undone = await interpretWithAll({ request, trained, plan, datasets, options }, left);
    const folders = asked.filter((one) => !undone.includes(one)).map(({ folder }) => folder);
    return { maps, output, group, folders, stopped: undone.length > 0 };
  } finally {
    await reader.close();
  }
}

/** What is asked of the best models of a split. */
interface AskedMaps {
  readonly choice: SelectedModels;
  readonly folder: string;
  readonly record: InterpretationRecord;
}

async function askedOf(
  { group, name, method, node = 0, level, saveTensors = false }: InterpretationRequest,
  output: string,
  trained: TrainedMaps,
  choice: SelectedModels,
): Promise<AskedMaps> {
  const { folder } = mapsPlace(output).split(choice.split).best(choice.metric).results(group);
  const unit = mapsPlace(trained.maps).split(choice.split);
  const models = trained.networks.map((network) => unit.network(network).bestModel(choice.metric));
  const record = await interpretationRecord(
    { method, node, level: level ?? null, tensors: saveTensors },
    models,
  );
  return { choice, folder: join(folder, `interpret-${name}`), record };
}

/**
 * Maps of that name are refused, unless some are missing and the others are what is asked for: then a call like this one was ended
 * before it was done, and what it did need not be done again.
 */
async function leftToDo(
  { overwrite = false }: InterpretationRequest,
  asked: readonly AskedMaps[],
): Promise<readonly AskedMaps[]> {
  if (overwrite) return asked;
  const [taken, missing] = [true, false].map((there) =>
    asked.filter(({ folder }) => existsSync(folder) === there),
  );
  const done = await Promise.all(taken!.map(({ folder, record }) => isRecorded(folder, record)));
  if (missing!.length > 0 && done.every(Boolean)) return missing!;
  throw new InputError(taken!.map(({ folder }) => problem("interpretation.exists", { file: folder })));
}

function checkRequest(
  { maps, name, method, level, node = 0 }: InterpretationRequest,
  trained: TrainedMaps,
): void {
  const { network, learned } = trained;
  if (network.family !== "cnn") {
    throw refuse("interpretation.no-answer", { file: maps });
  }
  const fault = nameFault(name);
  if (fault !== null) throw refuse("interpretation.name", { file: maps }, { name, fault });
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

interface Interpretation {
  readonly request: InterpretationRequest;
  readonly trained: TrainedMaps;
  readonly plan: GroupPlan;
  /** One a network. */
  readonly datasets: readonly Dataset[];
  readonly options: InterpretationOptions;
}

/** @returns those of `asked` that are not done: none but after a stop */
async function interpretWithAll(
  job: Interpretation,
  asked: readonly AskedMaps[],
): Promise<readonly AskedMaps[]> {
  const { trained, options } = job;
  const perModel = job.datasets.reduce((sum, { samples }) => sum + samples.length, 0);
  let predictor: Predictor | undefined;
  try {
    for (const [complete, { choice, folder, record }] of asked.entries()) {
      const write = async (temporary: string) => {
        for (const [place, network] of trained.networks.entries()) {
          const weights = await loadBest(trained, choice, network);
          if (predictor === undefined) predictor = await options.engine.predictor(trained.network, weights);
          else await predictor.setWeights(weights);
          const before = job.datasets.slice(0, place).reduce((sum, { samples }) => sum + samples.length, 0);
          const whole = await interpretWith(job, predictor, job.datasets[place]!, temporary, (samples) => {
            options.onProgress?.(complete * perModel + before + samples, asked.length * perModel);
          });
          if (!whole) return null;
        }
        await writeInterpretationRecord(temporary, record);
        return true;
      };
      const outdated = await mapsIn(folder);
      if ((await writeFolder(folder, write, { outdated })) === null) return asked.slice(complete);
    }
    return [];
  } finally {
    await predictor?.dispose();
  }
}

/** Names of the maps that an earlier call of this name left. */
const mapsIn = async (folder: string) =>
  (await readdir(folder).catch(() => [])).filter((name) => /_map\.(nii\.gz|pt)$/.test(name));

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
  const write = async (name: string, image: string, part: number, map: Float32Array) => {
    const place = plan.partNumbers.indexOf(part);
    await writePartVolume(join(folder, `${name}_map.nii.gz`), image, plan, place, map);
    if (!request.saveTensors) return;
    const shape = [1, ...trained.network.inputSize.slice(1)];
    await saveTensor(join(folder, `${name}_map.pt`), { dtype: "float32", shape, data: map });
  };
  let done = 0;
  const pass = passInOrder(dataset, trained.experiment.batch_size);
  for await (const { indices, input } of new ReadAhead().batches(pass)) {
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
