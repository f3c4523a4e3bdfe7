/** Brings together what one network of one split needs to be trained: its samples, its loss, its first weights, its random streams. */

import { ReadAhead } from "../../data/batches/readAhead";
import { drawSeeds, epochOrder, type Stream } from "../../data/batches/trainingSeeds";
import { openDataset } from "../../data/batches/volumeDataset";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import type { SplitPlan } from "../../data/plan/experimentData";
import type { Engine } from "../../engine/engine";
import type { Problem } from "../../experiment/problems/problem";
import { mapsPlace } from "../../maps/folder/place";
import type { StopMoment } from "../../maps/units/stopRequest";
import type { Units } from "../../maps/units/units";
import { initialState } from "../../network/weights/initialise";
import { parameterSpecs } from "../../network/weights/parameters";
import type { StateDict } from "../../network/weights/tensor";
import type { RunEventBody } from "../../run/events";
import { keptSamples } from "../loop/keptSamples";
import type { MapsRecorder, RunObserver } from "../loop/mapsRecorder";
import { batchesPerEpoch, type NetworkTraining } from "../loop/networkTraining";
import { objectiveOf } from "../loop/objective";
import { dropoutSeed, initialWeightsSeed } from "../loop/seeds";
import { Stopwatch } from "../loop/stopwatch";
import type { TrainingProgress } from "../loop/trainingProgress";
import { describeTransfer, recordTransfer, transferFrom } from "../loop/transfer";
import type { Notice } from "../notices";
import { trainingStandard } from "../results/standard";
import type { PreparedRun } from "./prepareRun";

/** What all networks of a run share. */
export interface RunContext {
  readonly prepared: PreparedRun;
  readonly maps: string;
  readonly engine: Engine;
  /** Networks of a split that train at the same time. */
  readonly atOnce: number;
  /** Splits that train at the same time. */
  readonly splitsAtOnce: number;
  readonly reader: VolumeReader;
  readonly observer: RunObserver;
  /** What the user should know, one sentence each. */
  readonly onNotice: (notice: Notice) => void;
  readonly onWarning: (warning: Problem) => void;
  readonly stop: () => StopMoment | null;
  readonly units: Units;
  /** The one that this process trains; all of the split where it is absent. */
  readonly network?: number | null | undefined;
}

/** @param start the progress of a checkpoint, or of a new training */
export async function openTraining(
  context: RunContext,
  split: SplitPlan,
  network: number | null,
  recorder: MapsRecorder,
  start: TrainingProgress,
): Promise<NetworkTraining> {
  const { prepared, engine, reader, stop } = context;
  const { experiment, plan, learned } = prepared;
  const standard = await trainingStandard(context.maps, split, experiment, reader);
  const part = { ...(network !== null && { part: network }), standard };
  const train = openDataset(plan, split.train, reader, part);
  const validation = openDataset(plan, split.validation, reader, part);
  const targets = train.samples.map(({ target }) => target);
  const objective = objectiveOf(experiment, learned.classes.length, targets);
  const stream: Stream = { seed: experiment.seed, split: split.split, network };
  const model = await engine.trainer(prepared.network, {
    objective: objective.data,
    optimizer: {
      name: experiment.optimizer,
      hyperparameters: experiment.optimizer_settings,
      learningRate: start.plateau.learningRate,
      weightDecay: experiment.weight_decay,
    },
    weights: await startingState(context, stream, recorder.continues),
    dropoutSeed: dropoutSeed(stream),
    frozen: prepared.frozen,
  });
  return {
    settings: experiment,
    model,
    objective,
    learned,
    train,
    validation,
    ...(split.outer !== undefined && { outer: openDataset(plan, split.outer, reader, part) }),
    order: (epoch) => epochOrder(stream, epoch, train.samples, experiment),
    ...((experiment.data_augmentation !== false || experiment.augmentation !== null) && {
      drawSeeds: (epoch: number, batch: number) => drawSeeds(stream, epoch, batch),
    }),
    ...(learned.task === "reconstruction" && {
      kept: keptSamples(experiment, plan, split.validation, validation),
    }),
    recorder,
    stop,
    stopwatch: new Stopwatch(start.seconds),
    ahead: new ReadAhead(),
  };
}

/** Names of the parameters that learn, in the order of the network. */
export function trainedParameters({ network, frozen }: PreparedRun): string[] {
  return parameterSpecs(network).flatMap(({ kind, name }) =>
    kind === "parameter" && !frozen.has(name) ? [name] : [],
  );
}

/** Random weights, or those of the transfer. @param resumed what was transferred has been told */
async function startingState(
  { prepared, maps, onNotice }: RunContext,
  stream: Stream,
  resumed: boolean,
): Promise<StateDict> {
  const { network: target, transfer: source } = prepared;
  const initial = initialState(target, initialWeightsSeed(stream));
  if (source === null) return initial;
  const place = mapsPlace(maps).split(stream.split).network(stream.network);
  const transfer = await transferFrom(source, place, target, initial);
  await recordTransfer(source, place, transfer);
  if (!resumed) onNotice(describeTransfer(source, place, transfer));
  return transfer.state;
}

/** @param resumedAt where a training goes on that was begun before, null for a new one */
export function startEvent(
  { prepared, engine }: RunContext,
  split: SplitPlan,
  network: number | null,
  training: NetworkTraining,
  resumedAt: TrainingProgress | null,
): RunEventBody {
  const { experiment, learned } = prepared;
  const { library, version, device, threads, idleCard } = engine.description;
  return {
    kind: "start",
    split: split.split,
    network,
    task: learned.task,
    architecture: prepared.network.architecture,
    engine: `${library} ${version}`,
    device,
    threads,
    ...(idleCard !== undefined && { idleCard }),
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
    flow: split.flow,
    resumedAt: resumedAt && { epoch: resumedAt.epoch, batch: resumedAt.batch },
  };
}
