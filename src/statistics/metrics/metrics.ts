/** All metrics. Their order is that of the columns of ClinicaDL's files, in which those of probabilities have none. */
import type { Task } from "../task";
import { accuracy } from "./accuracy";
import { areaUnderCurve } from "./areaUnderCurve";
import { averagePrecisionMetric } from "./averagePrecisionMetric";
import { balancedAccuracy } from "./balancedAccuracy";
import { brier } from "./brier";
import { determination } from "./determination";
import { f1Score } from "./f1Score";
import { negativeLikelihoodRatio, positiveLikelihoodRatio } from "./likelihoodRatios";
import { markedness } from "./markedness";
import { matthewsCorrelation } from "./matthewsCorrelation";
import { meanAbsoluteError } from "./meanAbsoluteError";
import { meanStructuralSimilarity } from "./meanStructuralSimilarity";
import type { Metric } from "./metric";
import { negativePredictiveValue } from "./negativePredictiveValue";
import { peakSignalToNoiseRatio } from "./peakSignalToNoiseRatio";
import { positivePredictiveValue } from "./positivePredictiveValue";
import { rootMeanSquaredError } from "./rootMeanSquaredError";
import { sensitivity } from "./sensitivity";
import { specificity } from "./specificity";

export const METRICS = [
  balancedAccuracy,
  accuracy,
  f1Score,
  sensitivity,
  specificity,
  positivePredictiveValue,
  negativePredictiveValue,
  matthewsCorrelation,
  markedness,
  positiveLikelihoodRatio,
  negativeLikelihoodRatio,
  areaUnderCurve,
  averagePrecisionMetric,
  brier,
  determination,
  meanAbsoluteError,
  rootMeanSquaredError,
  peakSignalToNoiseRatio,
  meanStructuralSimilarity,
] as const satisfies readonly Metric[];

type Known = (typeof METRICS)[number];

/** Those that ClinicaDL's files have no column for. */
type OfScores = Extract<Known, { readonly columns: "none" }>;

/** The metrics of a task that its files have. */
export type MetricOf<T extends Task> =
  Exclude<Known, OfScores> extends infer M
    ? M extends Known
      ? T extends M["tasks"][number]
        ? M
        : never
      : never
    : never;

/** What a best model can be chosen by: the loss, or a metric. */
export type SelectionMetric = "loss" | Extract<Known, { readonly selectable: true }>["name"];

/** In the place of a selection metric where nothing is selected: the model of the last epoch. */
export const LAST_EPOCH = "last";

const isOfScores = (metric: Known): metric is OfScores => "columns" in metric && metric.columns === "none";

/** The metrics of a classification that are computed from probabilities. */
export const SCORE_METRICS: readonly OfScores[] = METRICS.filter(isOfScores);

/** The metrics that the files of `task` have, in their order. */
export function metricsOf<T extends Task>(task: T): readonly MetricOf<T>[] {
  const isOfTask = (metric: Known): metric is MetricOf<T> =>
    metric.tasks.some((one) => one === task) && !isOfScores(metric);
  return METRICS.filter(isOfTask);
}

/** Names of the metrics that the files of `task` have, in their order. */
export function metricNamesOf(task: Task): readonly Known["name"][] {
  return metricsOf(task).map(({ name }) => name);
}

/** By which a best model of `task` can be chosen. */
export function selectableMetrics(task: Task): readonly string[] {
  const ofTask = METRICS.filter(({ tasks }) => tasks.some((one) => one === task));
  return ["loss", ...ofTask.flatMap(({ name, selectable }) => (selectable ? [name] : []))];
}

/** The metric that is shown first, beside the loss: that of `task`, or those of all tasks where the task is not known. */
export function leadingMetrics(task: Task | null): readonly SelectionMetric[] {
  return METRICS.flatMap(({ name, leads }) => (leads !== null && leads === (task ?? leads) ? [name] : []));
}

/** Whether answers can leave `metric` without a value. */
export function canBeUndefined(metric: string): boolean {
  return METRICS.some((known) => known.name === metric && "needs" in known && known.needs.length > 0);
}

/** Of `metric` of an event, a file or a selection. Of one that is not known, more is better. */
export function lowerIsBetter(metric: string): boolean {
  return metric === "loss" || METRICS.find(({ name }) => name === metric)?.better === "lower";
}
