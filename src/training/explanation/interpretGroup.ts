/**
 * Saliency maps of a data group: how the answer for each participant depends on the image, by one of several methods, and their
 * mean, as NIfTI volumes that lie on the images.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openReader } from "../../data/batches/volumeDataset";
import { readingOf } from "../../data/nifti/volumeReader";
import { nameFault } from "../../experiment/names";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { interpretationRecord, isRecorded } from "../../maps/folder/interpretationRecord";
import { mapsPlace } from "../../maps/folder/place";
import { loadTensor } from "../../maps/weights/tensorFile";
import type { AnsweringEngine } from "../results/answeringEngine";
import { checkGroupName } from "../results/groupName";
import { groupVoxels } from "../results/groupVoxels";
import { keepGroup, type PredictionRequest, planPrediction } from "../results/predictionPlan";
import { resultsFolder } from "../results/resultsFolder";
import { groupDatasets } from "../results/standard";
import { openMaps, type SelectedModels, selectModels, type TrainedMaps } from "../results/trainedMaps";
import { type AskedMethod, methodOf } from "./attribution";
import { type AskedMaps, interpretModels } from "./interpretModels";

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
    >,
    AskedMethod {
  /** The maps go to `interpret-<name>`. */
  readonly name: string;
  /** The output that is explained: a class code, 0 for a regression. */
  readonly node?: number;
  /** Replace maps of the same name. */
  readonly overwrite?: boolean;
  /** The maps as PyTorch tensors too. */
  readonly saveTensors?: boolean;
  /** Not to compare with maps of weights that are drawn anew. */
  readonly skipWeightsTest?: boolean;
}

export interface InterpretationOptions {
  readonly engine: AnsweringEngine;
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
    const datasetsOf = (split: number) => groupDatasets(trained, plan, reader, split);
    const { node = 0, saveTensors = false, skipWeightsTest = false } = request;
    const method = methodOf(request, trained.network);
    const job = { ...options, trained, plan, datasetsOf, method, node, saveTensors, skipWeightsTest };
    const undone = await interpretModels(job, left);
    const folders = asked.filter((one) => !undone.includes(one)).map(({ folder }) => folder);
    return { maps, output, group, folders, stopped: undone.length > 0 };
  } finally {
    await reader.close();
  }
}

async function askedOf(
  { group, name, node = 0, saveTensors = false, ...asked }: InterpretationRequest,
  output: string,
  trained: TrainedMaps,
  choice: SelectedModels,
): Promise<AskedMaps> {
  const { folder } = mapsPlace(output).split(choice.split).best(choice.metric).results(group);
  const unit = mapsPlace(trained.maps).split(choice.split);
  const models = trained.networks.map((network) => unit.network(network).bestModel(choice.metric));
  const { name: method, ...settings } = methodOf(asked, trained.network);
  const record = await interpretationRecord(
    { method, node, ...settings, level: asked.level ?? null, tensors: saveTensors },
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
  { maps, name, method, level, block, stride, node = 0 }: InterpretationRequest,
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
  if (method !== "occlusion") return;
  const blocks = methodOf({ method, block, stride }, network);
  if (blocks.name === "occlusion" && blocks.stride > blocks.block) {
    throw refuse("interpretation.stride", { file: maps }, { stride: blocks.stride, block: blocks.block });
  }
}
