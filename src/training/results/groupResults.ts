/**
 * What a selected model makes of a data group, as ClinicaDL's files: predictions and metrics of the parts (or whole images),
 * and of the images, for which the parts vote.
 */
import { basename } from "node:path";
import type { PlannedImage } from "../../data/plan/plannedImage";
import type { Experiment } from "../../experiment/experiment";
import type { Mode } from "../../experiment/schema/preprocessing";
import { writeFolder } from "../../files/wholeFolder";
import { type GroupDescription, writeDescription } from "../../maps/folder/descriptionLog";
import type { BestPlace, ResultsPlace } from "../../maps/folder/place";
import { type MetricsResult, writeMetrics, writeVotedMetrics } from "../../maps/tables/metricsTsv";
import { type PredictionTable, writePredictions } from "../../maps/tables/predictionTsv";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import type { Metrics } from "../../run/events";
import { answered, classOf } from "../../statistics/answer";
import { confidenceIntervals, type Interval } from "../../statistics/confidence";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { type Notice, notice } from "../notices";
import {
  fileMetrics,
  fileStatistic,
  type Learned,
  meanLoss,
  type Prediction,
  shownFileMetrics,
} from "./prediction";
import {
  applySelectionThreshold,
  balancedAccuracyByPart,
  equalWeights,
  hardVote,
  type ImagePrediction,
  meanVote,
  type PartPrediction,
  type PartWeights,
  softVote,
} from "./voting";

/** The predictions of one network; `network` is null when one network sees all parts. */
export interface NetworkPredictions {
  readonly network: number | null;
  readonly predictions: readonly Prediction[];
}

export interface ResultsContext {
  /** The best models that predicted. */
  readonly best: BestPlace;
  readonly experiment: Pick<
    Experiment,
    "seed" | "selection_threshold" | "voting" | "preprocessing_dict" | "selection"
  >;
  readonly learned: Learned;
}

export interface GroupResults {
  readonly description: GroupDescription;
  readonly networks: readonly NetworkPredictions[];
  /** Whether every label is known: without labels there are no metrics. */
  readonly labelled: boolean;
}

/**
 * Keeps what `write` writes, which is all that a model makes of a group or null: those of an earlier prediction would stand beside
 * predictions of which they do not speak.
 * @param place where it shall be; `write` is told where it is written until it is complete
 */
export async function keepResults<Result>(
  place: ResultsPlace,
  mode: Mode,
  write: (place: ResultsPlace) => Promise<Result | null>,
): Promise<Result | null> {
  const tables = ([mode, "image"] as const).flatMap((level) => [
    place.metricsTsv(level),
    place.predictionTsv(level),
  ]);
  const outdated = [...new Set(tables)].map((file) => basename(file));
  return await writeFolder(place.folder, (folder) => write(place.at(folder)), { outdated });
}

/**
 * Writes the tables of a group to `place`.
 * @returns the metrics of the images after voting, to be shown; null where there is none
 */
export async function writeGroupResults(
  { learned, experiment }: Omit<ResultsContext, "best">,
  place: ResultsPlace,
  { description, networks, labelled }: GroupResults,
  partWeights: PartWeights | null,
): Promise<ShownMetrics | null> {
  const { mode } = experiment.preprocessing_dict;
  const parts = networks.flatMap(({ predictions }) => predictions);
  await writeDescription(place, description);
  await writePredictions(place.predictionTsv(mode), mode, predictionTable(learned, parts));
  if (labelled) {
    const results = networks.map((network) => metricsResult(learned, network, experiment.seed));
    await writeMetrics(place.metricsTsv(mode), results);
  }
  if (mode === "image" || learned.task === "reconstruction") return null;

  const images = vote(learned, parts, partWeights, experiment.voting);
  const asParts = images.map((image) => ({ ...image, part: 0 }));
  await writePredictions(place.predictionTsv("image"), mode, predictionTable(learned, asParts));
  if (!labelled) return null;
  await writeVotedMetrics(place.metricsTsv("image"), fileMetrics(learned, asParts));
  return shownFileMetrics(learned, asParts);
}

/** What description.log says of a group of images. */
export function describeGroup(group: string, images: readonly PlannedImage[]): GroupDescription {
  return {
    group,
    capsDirectories: Object.fromEntries(images.map(({ cohort, place: caps }) => [cohort, caps])),
    participants: new Set(images.map(({ cohort, participantId }) => `${cohort}\t${participantId}`)).size,
    sessions: images.length,
  };
}

/**
 * How much each part counts in soft voting: its balanced accuracy on the validation set, or nothing below the threshold.
 * Null where nothing is weighed: outside classification, in hard voting, and where the image is its only part.
 */
export function votingWeights(
  { learned, experiment }: Pick<ResultsContext, "learned" | "experiment">,
  validation: readonly NetworkPredictions[],
): { readonly weights: PartWeights; readonly noneLeft: boolean } | null {
  if (learned.task !== "classification" || !votesSoftly(experiment)) return null;
  const parts = validation.flatMap(({ predictions }) => predictions);
  const accuracies = balancedAccuracyByPart(parts, learned.classes.length);
  return applySelectionThreshold(accuracies, experiment.selection_threshold);
}

/** With the last epoch nothing of a model comes from the validation set: its parts weigh the same. */
export function votesSoftly({
  voting,
  preprocessing_dict,
  selection,
}: Pick<Experiment, "voting" | "preprocessing_dict" | "selection">): boolean {
  return voting === "soft" && preprocessing_dict.mode !== "image" && selection === "best";
}

/** Says that no part is left to vote, for the user. */
export function describeNoneLeft({
  best: { split, metric },
  experiment,
}: Pick<ResultsContext, "best" | "experiment">): Notice {
  const { selection_threshold: threshold } = experiment;
  return threshold === null || threshold === 0
    ? notice("no-part-above-zero", { split, metric })
    : notice("no-part-reaches", { split, metric, threshold });
}

function vote(
  learned: Learned,
  parts: readonly PartPrediction[],
  weights: PartWeights | null,
  voting: Experiment["voting"],
): ImagePrediction[] {
  const partWeights = weights ?? equalWeights(parts.map(({ part }) => part));
  if (learned.task !== "classification") return meanVote(answered(parts, "value"), partWeights);
  const rows = answered(parts, "probabilities");
  return voting === "hard" ? hardVote(rows) : softVote(rows, partWeights);
}

function predictionTable(learned: Learned, rows: readonly PartPrediction[]): PredictionTable {
  const key = ({ participantId, sessionId, part }: PartPrediction) => ({ participantId, sessionId, part });
  switch (learned.task) {
    case "classification":
      return {
        task: "classification",
        rows: answered(rows, "probabilities").map((row) => ({
          ...key(row),
          trueLabel: Number.isNaN(row.truth) ? -1 : row.truth,
          predictedLabel: classOf(row.answer),
          probabilities: row.answer.probabilities,
        })),
      };
    case "regression":
      return {
        task: "regression",
        rows: answered(rows, "value").map((row) => ({
          ...key(row),
          trueLabel: row.truth,
          predictedLabel: row.answer.value,
        })),
      };
    case "reconstruction":
      return {
        task: "reconstruction",
        rows: answered(rows, "reconstruction").map((row) => ({ ...key(row), metrics: row.answer.metrics })),
      };
  }
}

/** Metrics with their confidence intervals, and the loss. The resamples are the same whenever seed and number of samples are. */
function metricsResult(
  learned: Learned,
  { network, predictions }: NetworkPredictions,
  seed: number,
): MetricsResult {
  const random = new RandomGenerator(deriveSeed(seed, "confidence intervals"));
  const statistic = fileStatistic(learned, predictions);
  const intervals = confidenceIntervals(predictions.length, statistic, () => random.uniform());
  const each = (pick: (interval: Interval) => number): Metrics =>
    Object.fromEntries(Object.entries(intervals ?? {}).map(([name, interval]) => [name, pick(interval)]));
  return {
    network,
    values: { ...fileMetrics(learned, predictions), loss: meanLoss(predictions) },
    interval: intervals && {
      lower: each(({ lower }) => lower),
      upper: each(({ upper }) => upper),
      standardError: each(({ standardError }) => standardError),
    },
  };
}
