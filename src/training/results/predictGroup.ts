/**
 * Prediction of a data group by the best models of every split, at part and image level, as ClinicaDL writes it. Results of before stay
 * until the new ones are complete.
 */
import { existsSync } from "node:fs";
import { openDataset, openReader } from "../../data/batches/volumeDataset";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { Engine, Predictor } from "../../engine/engine";
import type { Problem } from "../../experiment/problems/problem";
import { mapsPlace } from "../../maps/folder/place";
import { readPredictions } from "../../maps/tables/predictionTsv";
import { loadTensor } from "../../maps/weights/tensorFile";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { type Notice, notice } from "../notices";
import { asPredicted, predictSet } from "./evaluation";
import {
  describeGroup,
  describeNoneLeft,
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
  readonly engine: Engine;
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
  const trained = await openMaps(maps);
  const selected = await selectModels(maps, request);
  const plan = await planPrediction(request, trained, options.onHeader);
  const reader = openReader(plan, { workers: trained.experiment.n_proc, readTensor: loadTensor });
  try {
    const found = await groupVoxels(trained, plan, reader);
    for (const warning of [...plan.warnings, ...found]) options.onWarning?.(warning);
    await keepGroup(request, plan);
    const { results, stopped } = await predictWithAll(trained, selected, request, plan, reader, options);
    return { maps, group, classes: trained.learned.classes, results, stopped };
  } finally {
    await reader.close();
  }
}

async function predictWithAll(
  trained: TrainedMaps,
  selected: readonly SelectedModels[],
  { maps, group, saveNifti = false, saveTensors = false }: PredictionRequest,
  plan: GroupPlan,
  reader: VolumeReader,
  { engine, signal, onNotice, onProgress }: PredictionOptions,
): Promise<{ results: ModelResult[]; stopped: boolean }> {
  const { experiment, learned, networks } = trained;
  const labelled = plan.label !== null || learned.task === "reconstruction";
  const datasets = networks.map((part) =>
    openDataset(plan, plan.images, reader, part === null ? {} : { part }),
  );
  const perModel = datasets.reduce((sum, { samples }) => sum + samples.length, 0);
  const results: ModelResult[] = [];
  const objective = objectiveOfAnswers(trained);
  let predictor: Predictor | undefined;
  try {
    for (const [done, choice] of selected.entries()) {
      const best = mapsPlace(maps).split(choice.split).best(choice.metric);
      const predicted: NetworkPredictions[] = [];
      for (const [place, network] of networks.entries()) {
        const weights = await loadBest(trained, choice, network);
        if (predictor === undefined) predictor = await engine.predictor(trained.network, weights);
        else await predictor.setWeights(weights);
        const before =
          done * perModel + predicted.reduce((sum, { predictions }) => sum + predictions.length, 0);
        const predictions = await predictSet({
          evaluate: asPredicted(predictor, objective, labelled),
          objective,
          dataset: datasets[place]!,
          batchSize: experiment.batch_size,
          stopped: () => signal?.aborted ?? false,
          onProgress: (samples) => onProgress?.(before + samples, selected.length * perModel),
        });
        if (predictions === null) return { results, stopped: true };
        predicted.push({ network, predictions });
        if (learned.task !== "reconstruction" || !(saveNifti || saveTensors)) continue;
        const reconstructed = { predictor, dataset: datasets[place]!, images: plan.images, plan };
        const where = { results: best.results(group), mode: experiment.preprocessing_dict.mode };
        const all = predictions.map((_, index) => index);
        await saveReconstructions(reconstructed, [where], all, { nifti: saveNifti, tensors: saveTensors });
      }
      const context: ResultsContext = { best, experiment, learned };
      const images = await writeGroupResults(
        context,
        { description: describeGroup(group, plan.images), networks: predicted, labelled },
        await weightsOf(context, onNotice),
      );
      const metrics = labelled ? predicted.map(({ predictions }) => metricsOf(trained, predictions)) : null;
      results.push({ ...choice, metrics, images });
    }
    return { results, stopped: false };
  } finally {
    await predictor?.dispose();
  }
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
