/** What a network answers for one sample, and what is made of many answers: metrics for classification, regression, reconstruction. */

import type { Dataset, Sample } from "../../data/batches/dataset";
import type { Evaluation, Objective, Targets } from "../../engine/engine";
import type { Metrics } from "../../run/events";
import { type ConfusionMatrix, confusionMatrix } from "../../statistics/confusion";
import {
  columnsOfClasses,
  meanOverClasses,
  meanOverImages,
  reconstructionMetrics,
  regressionMetrics,
} from "../../statistics/metrics/compute";
import type { Task } from "../../statistics/task";
import { type Answer, answered, classOf } from "./answer";
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

/** What the loss compares the outputs of `image` with. */
export function targetsOf(
  objective: Objective,
  task: Task,
  samples: readonly Sample[],
  image: Float32Array,
): Targets {
  if (task === "reconstruction") return { values: image };
  const targets = samples.map((sample) => sample.target);
  return objective.loss === "CrossEntropyLoss"
    ? { classes: Int32Array.from(targets) }
    : { values: Float32Array.from(targets) };
}

/** @param input what the network saw of `samples`: [n, ...inputSize] */
export function predictionsOf(
  task: Task,
  samples: readonly Sample[],
  input: Float32Array,
  { outputs, losses }: Evaluation,
  inputSize: Dataset["inputSize"],
): Prediction[] {
  const width = outputs.data.length / samples.length;
  return samples.map((sample, i) => {
    const own = outputs.data.subarray(i * width, (i + 1) * width);
    return {
      participantId: sample.participantId,
      sessionId: sample.sessionId,
      cohort: sample.cohort,
      part: sample.part,
      truth: sample.target,
      answer: answerOf(task, own, input.subarray(i * width, (i + 1) * width), inputSize),
      loss: losses[i]!,
    };
  });
}

function answerOf(task: Task, output: Float32Array, input: Float32Array, shape: readonly number[]): Answer {
  switch (task) {
    case "classification":
      return { kind: "probabilities", probabilities: softmax(output) };
    case "regression":
      return { kind: "value", value: output[0]! };
    case "reconstruction":
      return {
        kind: "reconstruction",
        metrics: reconstructionMetrics({ truth: input, predicted: output, shape }),
      };
  }
}

/** Probabilities of the classes; subtracting the largest logit keeps the exponentials finite. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const largest = Math.max(...values);
  const exponentials = values.map((value) => Math.exp(value - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
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

/** One value a metric, for curves and selection: with more than two classes the mean over them. The loss is not among them. */
export function summaryMetrics(learned: Learned, predictions: readonly PartPrediction[]): Metrics {
  const confusion = confusionOf(learned, predictions);
  return confusion === null ? fileMetrics(learned, predictions) : meanOverClasses(confusion);
}

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
