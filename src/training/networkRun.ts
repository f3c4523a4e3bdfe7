/** One network of one split from its first weights to the predictions of its best models. */

import type { SplitPlan } from "../data/experimentData";
import { openDataset } from "../data/volumeDataset";
import type { VolumeReader } from "../data/volumeReader";
import type { Engine, Model } from "../engine/engine";
import { Checkpoints } from "../maps/checkpoint";
import type { EndReason, RunEvent, RunEventBody } from "../maps/events";
import { bestModel } from "../maps/layout";
import { loadModel } from "../maps/model";
import type { StopMoment } from "../maps/stopRequest";
import { initialState } from "../network/initialise";
import type { Network } from "../network/network";
import { parameterSpecs } from "../network/parameters";
import { describeEnd } from "./describeEnd";
import { predictSet } from "./evaluation";
import { MapsRecorder, type NetworkPlace } from "./mapsRecorder";
import { batchesPerEpoch, type NetworkTraining } from "./networkTraining";
import { objectiveOf } from "./objective";
import type { Prediction } from "./prediction";
import type { PreparedRun } from "./prepareRun";
import { augmentationSeed, dropoutSeed, epochOrder, initialWeightsSeed, type Stream } from "./seeds";
import { Stopwatch } from "./stopwatch";
import { startProgress, type TrainingProgress } from "./trainingProgress";
import { trainNetwork } from "./trainNetwork";

/** What all networks of a run share. */
export interface RunContext {
  readonly prepared: PreparedRun;
  readonly maps: string;
  readonly engine: Engine;
  readonly reader: VolumeReader;
  readonly observer: (event: RunEvent) => void;
  readonly stop: () => StopMoment | null;
}

/** Predictions of one model for the sets that it was chosen on. */
export interface BothPredictions {
  readonly train: readonly Prediction[];
  readonly validation: readonly Prediction[];
}

export interface NetworkOutcome {
  readonly network: number | null;
  readonly reason: EndReason;
  readonly message: string;
  readonly epochs: number;
  readonly best: TrainingProgress["best"];
  /** By selection metric; null when the training did not come so far. */
  readonly predictions: ReadonlyMap<string, BothPredictions> | null;
  /** What went wrong, when `reason` is "failed". */
  readonly failure: unknown;
}

/**
 * Trains a network, or goes on with its training, and predicts with its best models. Whatever happens is recorded, and
 * nothing is thrown: other networks and splits go on.
 */
export async function runNetwork(
  context: RunContext,
  split: SplitPlan,
  network: number | null,
): Promise<NetworkOutcome> {
  const { prepared, maps, observer } = context;
  const { experiment, learned } = prepared;
  const place: NetworkPlace = { maps, split: split.split, network };
  const { architecture } = prepared.network;
  const checkpoints = new Checkpoints(maps, split.split, network, {
    architecture,
    optimizer: experiment.optimizer,
    weightDecay: experiment.weight_decay,
    parameters: trainedParameters(prepared.network),
  });
  const saved = await checkpoints.load();
  const start = saved?.progress ?? startProgress(experiment, experiment.learning_rate);
  const recorder = await MapsRecorder.open(
    place,
    { task: learned.task, architecture, seed: experiment.seed, checkpoints, observer },
    start,
  );
  let progress = start;
  let model: Model | undefined;
  const end = (reason: EndReason, message: string) => {
    recorder.event({ kind: "end", reason, epochs: progress.epoch, message });
    return { network, reason, message, epochs: progress.epoch, best: progress.best };
  };
  try {
    const training = await openTraining(context, split, network, recorder, start);
    model = training.model;
    if (saved?.model) await model.load(saved.model);
    model.setLearningRate(start.plateau.learningRate);
    recorder.event(startEvent(context, split, network, training, saved === null ? null : start));
    progress = await trainNetwork(training, start);
    const predictions = progress.ended === null ? null : await predictBest(place, training, progress);
    const reason = predictions === null ? "stopped" : progress.ended!.reason;
    return { ...end(reason, describeEnd(reason, progress)), predictions, failure: null };
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return { ...end("failed", message), predictions: null, failure };
  } finally {
    await model?.dispose();
    recorder.close();
  }
}

/** Names of the parameters that learn, in the order of the network. */
function trainedParameters(network: Network): string[] {
  return parameterSpecs(network).flatMap(({ kind, name }) => (kind === "parameter" ? [name] : []));
}

async function openTraining(
  { prepared, engine, reader, stop }: RunContext,
  split: SplitPlan,
  network: number | null,
  recorder: MapsRecorder,
  start: TrainingProgress,
): Promise<NetworkTraining> {
  const { experiment, plan, learned } = prepared;
  const part = network === null ? {} : { part: network };
  const train = openDataset(plan, split.train, reader, part);
  const validation = openDataset(plan, split.validation, reader, part);
  const targets = train.samples.map(({ target }) => target);
  const objective = objectiveOf(experiment, learned.classes.length, targets);
  const stream: Stream = { seed: experiment.seed, split: split.split, network };
  const model = await engine.create(prepared.network, objective, {
    optimizer: {
      name: experiment.optimizer,
      learningRate: experiment.learning_rate,
      weightDecay: experiment.weight_decay,
    },
    state: initialState(prepared.network, initialWeightsSeed(stream)),
    dropoutSeed: dropoutSeed(stream),
  });
  return {
    settings: experiment,
    model,
    objective,
    learned,
    train,
    validation,
    order: (epoch) => epochOrder(stream, epoch, train.samples, experiment),
    ...(experiment.data_augmentation !== false && {
      augmentationSeed: (epoch: number, batch: number) => augmentationSeed(stream, epoch, batch),
    }),
    recorder,
    stop,
    stopwatch: new Stopwatch(start.seconds),
  };
}

function startEvent(
  { prepared, engine }: RunContext,
  split: SplitPlan,
  network: number | null,
  training: NetworkTraining,
  resumed: TrainingProgress | null,
): RunEventBody {
  const { experiment, learned } = prepared;
  const { library, version, device, threads } = engine.description;
  return {
    kind: "start",
    split: split.split,
    network,
    task: learned.task,
    architecture: prepared.network.architecture,
    engine: `${library} ${version}`,
    device,
    threads,
    epochs: experiment.epochs,
    batchesPerEpoch: batchesPerEpoch(training),
    batchSize: experiment.batch_size,
    accumulationSteps: experiment.accumulation_steps,
    trainSamples: training.train.samples.length,
    validationSamples: training.validation.samples.length,
    selectionMetrics: experiment.selection_metrics,
    patience: experiment.patience,
    tolerance: experiment.tolerance,
    classes: learned.classes,
    resumedAt: resumed && { epoch: resumed.epoch, batch: resumed.batch },
  };
}

/** Predictions of both sets by the best model of each metric, or null when a stop came first. */
async function predictBest(
  place: NetworkPlace,
  training: NetworkTraining,
  progress: TrainingProgress,
): Promise<ReadonlyMap<string, BothPredictions> | null> {
  const byEpoch = new Map<number, BothPredictions>();
  const byMetric = new Map<string, BothPredictions>();
  for (const [metric, { epoch }] of Object.entries(progress.best)) {
    const predictions = byEpoch.get(epoch) ?? (await predictWith(place, training, metric, epoch));
    if (predictions === null) return null;
    byEpoch.set(epoch, predictions);
    byMetric.set(metric, predictions);
  }
  return byMetric;
}

async function predictWith(
  { maps, split, network }: NetworkPlace,
  training: NetworkTraining,
  metric: string,
  epoch: number,
): Promise<BothPredictions | null> {
  const { model, recorder, settings } = training;
  const { state } = await loadModel(bestModel(maps, split, metric, network));
  // Nothing is learned any more: the optimizer may forget.
  await model.load({ parameters: state, optimizer: { step: 0, moments: new Map() }, batches: 0 });
  const predict = (set: "train" | "validation") =>
    predictSet({
      ...training,
      dataset: training[set],
      batchSize: settings.batch_size,
      stopped: () => training.stop() !== null,
      onProgress: (done, of) => recorder.event({ kind: "evaluating", epoch, set, done, of }),
    });
  const train = await predict("train");
  const validation = train === null ? null : await predict("validation");
  return train === null || validation === null ? null : { train, validation };
}
