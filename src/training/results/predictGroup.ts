/**
 * Prediction of a data group by the best models of every split, at part and image level, as ClinicaDL writes it. Results of before stay
 * until the new ones are complete.
 */
import { existsSync } from "node:fs";
import { openReader } from "../../data/batches/volumeDataset";
import { readingOf, type VolumeReader } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { Problem } from "../../experiment/problems/problem";
import { mapsPlace, type ResultsPlace } from "../../maps/folder/place";
import { readPredictions } from "../../maps/tables/predictionTsv";
import { loadTensor } from "../../maps/weights/tensorFile";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { type Notice, notice } from "../notices";
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
import {
  type AnsweringOptions,
  type AskedModel,
  type LoadedPredictor,
  networkAnswers,
} from "./networkAnswers";
import { meanLoss, type Prediction, shownFileMetrics } from "./prediction";
import { keepGroup, type PredictionRequest, planPrediction } from "./predictionPlan";
import { saveReconstructions } from "./reconstructions";
import { resultsFolder } from "./resultsFolder";
import { groupDatasets } from "./standard";
import { openMaps, type SelectedModels, selectModels, type TrainedMaps } from "./trainedMaps";
import type { PartWeights } from "./voting";

export interface PredictionOptions extends AnsweringOptions {
  readonly onNotice?: (notice: Notice) => void;
  readonly onWarning?: (warning: Problem) => void;
  /** Headers of images that were read. */
  readonly onHeader?: (done: number, of: number) => void;
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

/** A group of which the answers are to be written. */
export interface AnsweredGroup {
  readonly trained: TrainedMaps;
  readonly request: Pick<PredictionRequest, "group">;
  readonly plan: GroupPlan;
  readonly options: Pick<PredictionOptions, "onNotice">;
}

interface PredictionJob extends AnsweredGroup {
  readonly request: PredictionRequest;
  readonly output: string;
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

interface ModelJob extends AskedModel {
  /** Where its files are written. */
  readonly where: ResultsPlace;
}

/** Predicts the group with the best models of a split, and writes the files of it. Null after a stop. */
async function predictWith(
  job: PredictionJob,
  choice: SelectedModels,
  { where, ...asked }: ModelJob,
): Promise<ModelResult | null> {
  const { trained, request, plan, options } = job;
  const { saveNifti = false, saveTensors = false } = request;
  const { mode } = trained.experiment.preprocessing_dict;
  const formats = { nifti: saveNifti, tensors: saveTensors };
  const saves = trained.learned.task === "reconstruction" && (saveNifti || saveTensors);
  const labelled = isLabelled(trained, plan);
  const predicted = await networkAnswers({ trained, labelled, options }, choice, asked, async (answered) => {
    if (!saves) return;
    const { predictor, dataset, predictions } = answered;
    const all = predictions.map((_, index) => index);
    const reconstructed = { predictor, dataset, images: plan.images, plan };
    await saveReconstructions(reconstructed, [{ results: where, mode }], all, formats);
  });
  return predicted === null ? null : await writeModelResults(job, choice, where, predicted);
}

/** Whether there are metrics: an autoencoder needs no labels for them. */
export const isLabelled = ({ learned }: TrainedMaps, { label }: Pick<GroupPlan, "label">): boolean =>
  label !== null || learned.task === "reconstruction";

/** Writes the files of what the best models of a split have answered for the whole group. */
export async function writeModelResults(
  { trained, request, plan, options: { onNotice } }: AnsweredGroup,
  choice: SelectedModels,
  where: ResultsPlace,
  predicted: readonly NetworkPredictions[],
): Promise<ModelResult> {
  const { experiment, learned } = trained;
  const labelled = isLabelled(trained, plan);
  const best = mapsPlace(trained.maps).split(choice.split).best(choice.metric);
  const context: ResultsContext = { best, experiment, learned };
  const images = await writeGroupResults(
    context,
    where,
    { description: describeGroup(request.group, plan.images), networks: predicted, labelled },
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
