/** One network on one split, with all that its training needs. */
import type { Dataset, DrawSeeds } from "../../data/batches/dataset";
import { batchCount, type Pass, type ReadAhead } from "../../data/batches/readAhead";
import type { Trainer } from "../../engine/engine";
import type { Experiment } from "../../experiment/experiment";
import type { StopMoment } from "../../maps/units/stopRequest";
import type { Objective } from "../../statistics/objective";
import type { Learned } from "../results/prediction";
import type { KeptSamples } from "./keptSamples";
import type { Recorder } from "./recorder";
import type { Stopwatch } from "./stopwatch";

export type TrainingSettings = Pick<
  Experiment,
  | "epochs"
  | "batch_size"
  | "accumulation_steps"
  | "gradient_clipping"
  | "evaluation_steps"
  | "selection_metrics"
  | "adaptive_learning_rate"
  | "save_all_models"
>;

export interface NetworkTraining {
  readonly settings: TrainingSettings;
  readonly model: Trainer;
  readonly objective: Objective;
  readonly learned: Learned;
  readonly train: Dataset;
  readonly validation: Dataset;
  /** The fold that is predicted when all is done, and never looked at before; absent without an inner validation set. */
  readonly outer?: Dataset;
  /** As many samples as there are, in the order in which an epoch learns from them; the weighted sampler draws some twice. */
  readonly order: (epoch: number) => readonly number[];
  /** Draws the training transforms of a batch; absent without augmentation. */
  readonly drawSeeds?: (epoch: number, batch: number) => DrawSeeds;
  /** Of an autoencoder: validation images of which is kept how they are reconstructed. */
  readonly kept?: KeptSamples;
  readonly recorder: Recorder;
  /** Asked after each weight update and each epoch: whether to stop there, for a resumption. */
  readonly stop: () => StopMoment | null;
  readonly stopwatch: Stopwatch;
  /** Reads the batches of training and evaluation before they are asked for, and knows how long they were waited for. */
  readonly ahead: ReadAhead;
}

export function batchesPerEpoch({ train, settings }: Pick<NetworkTraining, "train" | "settings">): number {
  return batchCount(train.samples.length, settings.batch_size);
}

/** What `epoch` learns from, from batch `first` on. */
export function trainingPass(
  { train, order, settings, drawSeeds }: NetworkTraining,
  epoch: number,
  first = 0,
): Pass {
  return {
    dataset: train,
    order: order(epoch),
    batchSize: settings.batch_size,
    first,
    ...(drawSeeds && { drawSeeds: (batch: number) => drawSeeds(epoch, batch) }),
  };
}
