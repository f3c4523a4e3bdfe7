/** What a network answers for one sample, and what is made of many answers: metrics for classification, regression, reconstruction. */

import type { Sample } from "../../data/batches/dataset";
import type { Evaluation } from "../../engine/engine";
import type { Metrics } from "../../run/events";
import { answered, classOf } from "../../statistics/answer";
import { type ConfusionMatrix, confusionMatrix } from "../../statistics/confusion";
import {
  columnsOfClasses,
  meanOverClasses,
  meanOverImages,
  regressionMetrics,
  type ShownMetrics,
  scoreMetrics,
  shownMetrics,
  undefinedColumns,
  undefinedMeans,
  undefinedOfValues,
} from "../../statistics/metrics/compute";
import type { Objective, Seen } from "../../statistics/objective";
import type { Task } from "../../statistics/task";
import type { PartPrediction } from "./voting";

export interface Prediction extends PartPrediction {
  readonly loss: number;
}

/** The task with what it needs to know of the labels. */
export interface Learned {
  readonly task: Task;
  /** Class names by code; empty unless classification. */
  readonly classes: readonly string[];
}

/** What the tables say of the samples, as numbers. */
export const labelsOf = (samples: readonly Sample[]): number[] => samples.map(({ target }) => target);

/** @param seen what the network saw of `samples` */
export function predictionsOf(
  objective: Objective,
  samples: readonly Sample[],
  { image, shape }: Seen,
  { outputs, losses }: Evaluation,
): Prediction[] {
  const [width, seenWidth] = [outputs.data.length / samples.length, image.length / samples.length];
  return samples.map((sample, i) => {
    const own = outputs.data.subarray(i * width, (i + 1) * width);
    const seen = { image: image.subarray(i * seenWidth, (i + 1) * seenWidth), shape };
    return {
      participantId: sample.participantId,
      sessionId: sample.sessionId,
      cohort: sample.cohort,
      part: sample.part,
      truth: sample.target,
      answer: objective.decode(own, seen),
      loss: losses[i]!,
    };
  });
}

/** Null unless classification. */
export function confusionOf(
  { task, classes }: Learned,
  predictions: readonly PartPrediction[],
): ConfusionMatrix | null {
  if (task !== "classification") return null;
  const truth = predictions.map((prediction) => prediction.truth);
  const predicted = answered(predictions, "probabilities").map(({ answer }) => classOf(answer));
  return confusionMatrix(truth, predicted, classes.length);
}

/**
 * One value a metric, for curves and selection: with more than two classes the mean over them; those of probabilities, which no file has,
 * are among them. The loss is not.
 */
export function summaryMetrics(
  learned: Learned,
  predictions: readonly PartPrediction[],
): { readonly metrics: Metrics; readonly undefinedMetrics: readonly string[] } {
  const confusion = confusionOf(learned, predictions);
  if (confusion === null) {
    const metrics = fileMetrics(learned, predictions);
    return { metrics, undefinedMetrics: undefinedInFile(learned, predictions) };
  }
  const { values, undefinedNames } = scoreMetrics({
    truth: predictions.map(({ truth }) => truth),
    probabilities: answered(predictions, "probabilities").map(({ answer }) => answer.probabilities),
  });
  return {
    metrics: { ...meanOverClasses(confusion), ...values },
    undefinedMetrics: [...undefinedMeans(confusion), ...undefinedNames],
  };
}

/** Names of `fileMetrics` that have no value. */
function undefinedInFile(learned: Learned, predictions: readonly PartPrediction[]): string[] {
  switch (learned.task) {
    case "classification":
      return undefinedColumns(confusionOf(learned, predictions) ?? []);
    case "regression":
      return undefinedOfValues({
        truth: predictions.map(({ truth }) => truth),
        predicted: answered(predictions, "value").map(({ answer }) => answer.value),
      });
    case "reconstruction":
      return [];
  }
}

/** `fileMetrics` as they are shown: null where there is no value. */
export const shownFileMetrics = (learned: Learned, predictions: readonly PartPrediction[]): ShownMetrics =>
  shownMetrics(fileMetrics(learned, predictions), undefinedInFile(learned, predictions));

/** The metrics as they stand in ClinicaDL's files: with more than two classes one column a class. The loss is not among them. */
export function fileMetrics(learned: Learned, predictions: readonly PartPrediction[]): Metrics {
  return fileStatistic(learned, predictions)(Int32Array.from(predictions.keys()));
}

/** The same of any of the predictions, by index: for resampling thousands of times. */
export function fileStatistic(
  { task, classes }: Learned,
  predictions: readonly PartPrediction[],
): (indices: Int32Array) => Metrics {
  const truth = Float64Array.from(predictions, (prediction) => prediction.truth);
  switch (task) {
    case "classification": {
      const rows = answered(predictions, "probabilities");
      const predicted = Float64Array.from(rows, ({ answer }) => classOf(answer));
      return (indices) =>
        columnsOfClasses(confusionMatrix(at(truth, indices), at(predicted, indices), classes.length));
    }
    case "regression": {
      const predicted = Float64Array.from(answered(predictions, "value"), ({ answer }) => answer.value);
      return (indices) => regressionMetrics({ truth: at(truth, indices), predicted: at(predicted, indices) });
    }
    case "reconstruction": {
      const images = answered(predictions, "reconstruction").map(({ answer }) => answer.metrics);
      return (indices) => meanOverImages(Array.from(indices, (index) => images[index]!));
    }
  }
}

function at(values: Float64Array, indices: Int32Array): Float64Array {
  const chosen = new Float64Array(indices.length);
  for (let i = 0; i < chosen.length; i++) chosen[i] = values[indices[i]!]!;
  return chosen;
}

/** Mean over all samples of a set, whatever the batch size. */
export function meanLoss(predictions: readonly Prediction[]): number {
  return predictions.reduce((sum, prediction) => sum + prediction.loss, 0) / predictions.length;
}
