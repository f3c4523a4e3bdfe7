/** A set seen by the network in evaluation mode: all of its samples, in the order of the table. */
import type { Dataset, Sample } from "../../data/batches/dataset";
import { type Pass, passInOrder, ReadAhead } from "../../data/batches/readAhead";
import type { Evaluation, Predictor } from "../../engine/engine";
import { sampleLosses } from "../../engine/objective";
import type { BodyOf, Metrics } from "../../run/events";
import type { ConfusionMatrix } from "../../statistics/confusion";
import { innerReadsOf } from "../../statistics/losses/losses";
import type { Objective } from "../../statistics/objective";
import type { NetworkTraining } from "../loop/networkTraining";
import {
  confusionOf,
  type Learned,
  labelsOf,
  meanLoss,
  type Prediction,
  predictionsOf,
  summaryMetrics,
} from "./prediction";

/** What a network answers for so many samples, whose images are `image`: [n, ...inputSize]. */
export type Evaluate = (samples: readonly Sample[], image: Float32Array) => Promise<Evaluation>;

export interface EvaluationRequest {
  readonly evaluate: Evaluate;
  readonly dataset: Dataset;
  readonly objective: Objective;
  readonly batchSize: number;
  /** Asked before each batch: true ends the prediction, which then answers null. */
  readonly stopped: () => boolean;
  readonly onProgress?: (done: number, of: number) => void;
  /** Reads the batches; one of its own when absent. */
  readonly ahead?: ReadAhead;
  /** What `ahead` is asked for after the set. */
  readonly following?: () => Pass | null;
}

/** One prediction a sample, or null when a stop came first. */
export async function predictSet(request: EvaluationRequest): Promise<Prediction[] | null> {
  const { evaluate, dataset, objective, batchSize, stopped, onProgress, following } = request;
  const { ahead = new ReadAhead() } = request;
  const { samples, inputSize } = dataset;
  const predictions: Prediction[] = [];
  onProgress?.(0, samples.length);
  for await (const { indices, input } of ahead.batches(passInOrder(dataset, batchSize), following)) {
    if (stopped()) return null;
    const seen = indices.map((index) => samples[index]!);
    const evaluation = await evaluate(seen, input);
    predictions.push(...predictionsOf(objective, seen, { image: input, shape: inputSize }, evaluation));
    onProgress?.(predictions.length, samples.length);
  }
  return predictions;
}

/** By a network in training, with the losses of its objective. */
export function asTrained({
  model,
  objective,
}: Pick<NetworkTraining, "model" | "objective">): Pick<EvaluationRequest, "evaluate" | "objective"> {
  return {
    objective,
    evaluate: (samples, image) =>
      model.evaluate({
        size: samples.length,
        inputs: { image },
        targets: objective.encode(labelsOf(samples), image),
      }),
  };
}

/** By a network that only answers. @param labelled whether the losses can be told: they are NaN otherwise */
export function asPredicted(predictor: Predictor, objective: Objective, labelled: boolean): Evaluate {
  return async (samples, image) => {
    const size = samples.length;
    const read = labelled ? innerReadsOf(objective.data) : [];
    const observation = await predictor.observe({ size, inputs: { image } }, read);
    const { outputs } = observation;
    const losses = labelled
      ? sampleLosses(objective.data, observation, objective.encode(labelsOf(samples), image))
      : new Float32Array(size).fill(Number.NaN);
    return { outputs, losses };
  };
}

export interface SetMetrics {
  /** One value a metric, then `loss`. */
  readonly metrics: Metrics;
  /** Null unless classification. */
  readonly confusion: ConfusionMatrix | null;
  /** Metrics that have no value, though ClinicaDL's number stands there. */
  readonly undefinedMetrics: readonly string[];
}

function metricsOfSet(learned: Learned, predictions: readonly Prediction[]): SetMetrics {
  const { metrics, undefinedMetrics } = summaryMetrics(learned, predictions);
  return {
    metrics: { ...metrics, loss: meanLoss(predictions) },
    confusion: confusionOf(learned, predictions),
    undefinedMetrics,
  };
}

export interface BothSets {
  readonly train: SetMetrics;
  readonly validation: SetMetrics;
}

/** What an event says of metrics without a value: nothing where all have one. */
export function undefinedInBoth({ train, validation }: BothSets): Pick<BodyOf<"epoch">, "undefinedMetrics"> {
  const lacking = { train: [...train.undefinedMetrics], validation: [...validation.undefinedMetrics] };
  return lacking.train.length + lacking.validation.length === 0 ? {} : { undefinedMetrics: lacking };
}

/**
 * Metrics of all images of both sets, or null when a stop came first.
 * @param following what is learned from after that, whose first batches can be read already
 */
export async function evaluateBothSets(
  training: NetworkTraining,
  epoch: number,
  following: () => Pass | null,
): Promise<BothSets | null> {
  const { validation: second, settings } = training;
  const train = await evaluateSet(training, epoch, "train", () => passInOrder(second, settings.batch_size));
  const validation = train === null ? null : await evaluateSet(training, epoch, "validation", following);
  return train === null || validation === null ? null : { train, validation };
}

async function evaluateSet(
  training: NetworkTraining,
  epoch: number,
  set: "train" | "validation",
  following: () => Pass | null,
): Promise<SetMetrics | null> {
  const predictions = await predictSet({
    ...asTrained(training),
    ahead: training.ahead,
    following,
    dataset: training[set],
    batchSize: training.settings.batch_size,
    stopped: () => training.stop() === "batch",
    onProgress: (done, of) => training.recorder.event({ kind: "evaluating", epoch, set, done, of }),
  });
  return predictions === null ? null : metricsOfSet(training.learned, predictions);
}
