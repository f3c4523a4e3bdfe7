/** Every random choice of a run, derived from the one seed of the experiment: each stream by itself, so that a resumption finds it again. */

import type { Sample } from "../../data/batches/dataset";
import { randomOrder, weightedOrder } from "../../data/batches/sampler";
import type { Experiment } from "../../experiment/experiment";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";

/** One network of one split. */
export interface Stream {
  readonly seed: number;
  readonly split: number;
  readonly network: number | null;
}

/** As in ClinicaDL every split starts from the same weights; the networks of a multi-network start from others. */
export function initialWeightsSeed({ seed, network }: Stream): number {
  return network === null ? seed : deriveSeed(seed, "weights", network);
}

export function dropoutSeed({ seed, split, network }: Stream): number {
  return deriveSeed(seed, "dropout", split, network ?? "all");
}

export function augmentationSeed({ seed, split, network }: Stream, epoch: number, batch: number): number {
  return deriveSeed(seed, "augmentation", split, network ?? "all", epoch, batch);
}

/** The order in which an epoch learns from the training samples. */
export function epochOrder(
  { seed, split, network }: Stream,
  epoch: number,
  samples: readonly Sample[],
  { sampler, network_task: task }: Pick<Experiment, "sampler" | "network_task">,
): number[] {
  const random = new RandomGenerator(deriveSeed(seed, "order", split, network ?? "all", epoch));
  return sampler === "weighted" && task !== "reconstruction"
    ? weightedOrder(samples, task, random)
    : randomOrder(samples.length, random);
}
