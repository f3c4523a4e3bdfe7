/**
 * Prediction of a data group by the best models of every split, at part and image level, as ClinicaDL writes it. Results of before stay
 * until the new ones are complete.
 */
import { existsSync } from "node:fs";
import type { Dataset } from "../../data/batches/dataset";
import { openReader } from "../../data/batches/volumeDataset";
import { readingOf, type VolumeReader } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { Predictor } from "../../engine/engine";
import type { Problem } from "../../experiment/problems/problem";
import { mapsPlace, type ResultsPlace } from "../../maps/folder/place";
import { readPredictions } from "../../maps/tables/predictionTsv";
import { loadTensor } from "../../maps/weights/tensorFile";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { type Notice, notice } from "../notices";
import { type AnsweringEngine, engineFor } from "./answeringEngine";
import { asPredicted, predictSet } from "./evaluation";
import { checkGroupName } from "./groupName";
import {
  describeGroup,
  describeNoneLeft,
  keepResults,
  type NetworkPredictions,
  type ResultsContext,
  votesSoftly,
  votingWeights,
  writeGroupResults,
} from "./groupResults";
import { groupVoxels } from "./groupVoxels";
import { meanLoss, type Prediction, shownFileMetrics } from "./prediction";
import { keepGroup, type PredictionRequest, planPrediction } from "./predictionPlan";
import { saveReconstructions } from "./reconstructions";
import { resultsFolder } from "./resultsFolder";
import { groupDatasets } from "./standard";
import {
  loadBest,
  objectiveOfAnswers,
  openMaps,
  type SelectedModels,
  selectModels,
  type TrainedMaps,
} from "./trainedMaps";
import type { PartWeights } from "./voting";

export interface PredictionOptions {
  readonly engine: AnsweringEngine;
  readonly signal?: AbortSignal;
  readonly onNotice?: (notice: Notice) => void;
  readonly onWarning?: (warning: Problem) => void;
  /** Headers of images that were read. */
  readonly onHeader?: (done: number, of: number) => void;
  /** Samples predicted, of all models together. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** What `gyrus predict --json` prints. */
export interface PredictionOutcome {
  readonly maps: string;
  /** Where the results stand: the MAPS, or the folder that was asked for. */
  readonly output: string;
  readonly group: string;
  /** Names of the classes by code; the first of two is the positive one. Empty outside classification. */
  readonly classes: readonly string[];
  readonly results: readonly ModelResult[];
  /** The signal came before all models had predicted. */
  readonly stopped: boolean;
}

export interface ModelResult extends SelectedModels {
  /** Of the parts, or of the images in image mode, one a network; null without labels. */
  readonly metrics: readonly ShownMetrics[] | null;
  /** Of the images, for which the parts voted; null in image mode and without labels. */
  readonly images: ShownMetrics | null;
}

/** Throws an InputError with all that is wrong before anything is written. */
export async function predictGroup(
  request: PredictionRequest,
  options: PredictionOptions,
): Promise<PredictionOutcome> {
  const { maps, group } = request;
  await checkGroupName(request);
  const trained = await openMaps(maps);
  const selected = await selectModels(maps, request);
  const output = await resultsFolder(request, selected);
  const planned = await planPrediction(request, trained, options.onHeader);
  const reader = openReader(planned, { ...readingOf(trained.experiment), readTensor: loadTensor });
  try {
    const plan = await groupVoxels(trained, planned, request, reader);
    for (const warning of plan.warnings) options.onWarning?.(warning);
    await keepGroup(request, output, plan);
    const { results, stopped } = await predictWithAll(
      { trained, request, output, plan, options },
      selected,
      reader,
    );
    return { maps, output, group, classes: trained.learned.classes, results, stopped };
  } finally {
    await reader.close();
  }
}

interface PredictionJob {
  readonly trained: TrainedMaps;
  readonly request: PredictionRequest;
  readonly output: string;
  readonly plan: GroupPlan;
  readonly options: PredictionOptions;
}

async function predictWithAll(
  job: PredictionJob,
  selected: readonly SelectedModels[],
  reader: VolumeReader,
): Promise<{ results: ModelResult[]; stopped: boolean }> {
  const { trained, request, output, plan } = job;
  const { mode } = trained.experiment.preprocessing_dict;
  const results: ModelResult[] = [];
  const loaded: LoadedPredictor = { predictor: null };
  try {
    for (const [done, choice] of selected.entries()) {
      const datasets = await groupDatasets(trained, plan, reader, choice.split);
      const share = { done, of: selected.length };
      const place = mapsPlace(output).split(choice.split).best(choice.metric).results(request.group);
      // What is done stays, whatever becomes of the next.
      const result = await keepResults(place, mode, (where) =>
        predictWith(job, choice, { datasets, where, loaded, share }),
      );
      if (result === null) return { results, stopped: true };
      results.push(result);
    }
    return { results, stopped: false };
  } finally {
    await loaded.predictor?.dispose();
  }
}

/** All models share one, with the weights of each in turn. */
interface LoadedPredictor {
  predictor: Predictor | null;
}

interface ModelJob {
  /** One a network. */
  readonly datasets: readonly Dataset[];
  /** Where its files are written. */
  readonly where: ResultsPlace;
  readonly loaded: LoadedPredictor;
  /** Which of the models it is. */
  readonly share: { readonly done: number; readonly of: number };
}

/** Predicts the group with the best models of a split, and writes the files of it. Null after a stop. */
async function predictWith(
  { trained, request, plan, options: { engine, signal, onNotice, onProgress } }: PredictionJob,
  choice: SelectedModels,
  { datasets, where, loaded, share }: ModelJob,
): Promise<ModelResult | null> {
  const { group, saveNifti = false, saveTensors = false } = request;
  const { experiment, learned, networks } = trained;
  const { mode } = experiment.preprocessing_dict;
  const labelled = plan.label !== null || learned.task === "reconstruction";
  const objective = objectiveOfAnswers(trained);
  const perModel = datasets.reduce((sum, { samples }) => sum + samples.length, 0);
  const predicted: NetworkPredictions[] = [];
  for (const [place, network] of networks.entries()) {
    const weights = await loadBest(trained, choice, network);
    if (loaded.predictor === null) {
      const batchSize = Math.min(experiment.batch_size, Math.max(1, perModel));
      const chosen = await engineFor(engine, { network: trained.network, batchSize });
      loaded.predictor = await chosen.predictor(trained.network, weights);
    } else await loaded.predictor.setWeights(weights);
    const { predictor } = loaded;
    const before =
      share.done * perModel + predicted.reduce((sum, { predictions }) => sum + predictions.length, 0);
    const predictions = await predictSet({
      evaluate: asPredicted(predictor, objective, labelled),
      objective,
      dataset: datasets[place]!,
      batchSize: experiment.batch_size,
      stopped: () => signal?.aborted ?? false,
      onProgress: (samples) => onProgress?.(before + samples, share.of * perModel),
    });
    if (predictions === null) return null;
    predicted.push({ network, predictions });
    if (learned.task !== "reconstruction" || !(saveNifti || saveTensors)) continue;
    const reconstructed = { predictor, dataset: datasets[place]!, images: plan.images, plan };
    const all = predictions.map((_, index) => index);
    const formats = { nifti: saveNifti, tensors: saveTensors };
    await saveReconstructions(reconstructed, [{ results: where, mode }], all, formats);
  }
  const best = mapsPlace(trained.maps).split(choice.split).best(choice.metric);
  const context: ResultsContext = { best, experiment, learned };
  const images = await writeGroupResults(
    context,
    where,
    { description: describeGroup(group, plan.images), networks: predicted, labelled },
    await weightsOf(context, onNotice),
  );
  const metrics = labelled ? predicted.map(({ predictions }) => metricsOf(trained, predictions)) : null;
  return { ...choice, metrics, images };
}

function metricsOf({ learned }: TrainedMaps, predictions: readonly Prediction[]): ShownMetrics {
  return { ...shownFileMetrics(learned, predictions), loss: meanLoss(predictions) };
}

/** How much each part counts: by the validation predictions that stand in the MAPS. */
async function weightsOf(
  context: ResultsContext,
  onNotice: PredictionOptions["onNotice"],
): Promise<PartWeights | null> {
  const { best, experiment, learned } = context;
  const { mode } = experiment.preprocessing_dict;
  if (!votesSoftly(experiment) || learned.task !== "classification") return null;
  const file = best.results("validation").predictionTsv(mode);
  if (!existsSync(file)) {
    onNotice?.(notice("no-validation-predictions", { split: best.split, metric: best.metric, file }));
    return null;
  }
  const table = await readPredictions(file, "classification");
  if (table.task !== "classification") return null;
  const predictions = table.rows.map(({ participantId, sessionId, part, trueLabel, probabilities }) => ({
    participantId,
    sessionId,
    part,
    truth: trueLabel,
    answer: { kind: "probabilities" as const, probabilities },
    loss: Number.NaN,
  }));
  const voting = votingWeights(context, [{ network: null, predictions }]);
  if (voting?.noneLeft) onNotice?.(describeNoneLeft(context));
  return voting?.weights ?? null;
}
