/** A set seen by the network in evaluation mode: all of its samples, in the order of the table. */
import { batches } from "../../data/batches/batches";
import type { Dataset, Sample } from "../../data/batches/dataset";
import type { Evaluation, Model, Objective } from "../../engine/engine";
import type { Metrics } from "../../run/events";
import type { NetworkTraining } from "../loop/networkTraining";
import type { ConfusionMatrix } from "./metrics/classification";
import {
  confusionOf,
  type Learned,
  meanLoss,
  type Prediction,
  predictionsOf,
  summaryMetrics,
  targetsOf,
} from "./prediction";

export interface EvaluationRequest {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly objective: Objective;
  readonly learned: Learned;
  readonly batchSize: number;
  /** False where labels are unknown: the losses are NaN then. */
  readonly labelled?: boolean;
  /** Asked before each batch: true ends the prediction, which then answers null. */
  readonly stopped: () => boolean;
  readonly onProgress?: (done: number, of: number) => void;
}

/** One prediction a sample, or null when a stop came first. */
export async function predictSet(request: EvaluationRequest): Promise<Prediction[] | null> {
  const { dataset, learned, batchSize, stopped, onProgress } = request;
  const { samples, inputSize } = dataset;
  const predictions: Prediction[] = [];
  onProgress?.(0, samples.length);
  const inOrder = samples.map((_, index) => index);
  for await (const { indices, input } of batches(dataset, inOrder, batchSize)) {
    if (stopped()) return null;
    const seen = indices.map((index) => samples[index]!);
    const evaluation = await evaluate(request, seen, input);
    predictions.push(...predictionsOf(learned.task, seen, input, evaluation, inputSize));
    onProgress?.(predictions.length, samples.length);
  }
  return predictions;
}

async function evaluate(
  { model, objective, learned, labelled = true }: EvaluationRequest,
  samples: readonly Sample[],
  input: Float32Array,
): Promise<Evaluation> {
  const size = samples.length;
  if (labelled) {
    return await model.evaluate({ size, input, target: targetsOf(objective, learned.task, samples, input) });
  }
  const outputs = await model.predict(size, input);
  return { outputs, losses: new Float32Array(size).fill(Number.NaN) };
}

export interface SetMetrics {
  /** One value a metric, then `loss`. */
  readonly metrics: Metrics;
  /** Null unless classification. */
  readonly confusion: ConfusionMatrix | null;
}

export function metricsOfSet(learned: Learned, predictions: readonly Prediction[]): SetMetrics {
  return {
    metrics: { ...summaryMetrics(learned, predictions), loss: meanLoss(predictions) },
    confusion: confusionOf(learned, predictions),
  };
}

export interface BothSets {
  readonly train: SetMetrics;
  readonly validation: SetMetrics;
}

/** Metrics of all images of both sets, or null when a stop came first. */
export async function evaluateBothSets(training: NetworkTraining, epoch: number): Promise<BothSets | null> {
  const train = await evaluateSet(training, epoch, "train");
  const validation = train === null ? null : await evaluateSet(training, epoch, "validation");
  return train === null || validation === null ? null : { train, validation };
}

async function evaluateSet(
  training: NetworkTraining,
  epoch: number,
  set: "train" | "validation",
): Promise<SetMetrics | null> {
  const predictions = await predictSet({
    ...training,
    dataset: training[set],
    batchSize: training.settings.batch_size,
    stopped: () => training.stop() === "batch",
    onProgress: (done, of) => training.recorder.event({ kind: "evaluating", epoch, set, done, of }),
  });
  return predictions === null ? null : metricsOfSet(training.learned, predictions);
}
