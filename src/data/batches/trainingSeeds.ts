/** What chance decides about the training samples, derived from the one seed of the experiment, so that a resumption finds it again. */
import type { Experiment } from "../../experiment/experiment";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import type { ReadSeeds } from "../nifti/volumeMessages";
import type { DrawSeeds, Sample } from "./dataset";
import { randomOrder, weightedOrder } from "./sampler";

/** One network of one split. */
export interface Stream {
  readonly seed: number;
  readonly split: number;
  readonly network: number | null;
}

/** Draws the training transforms of a batch. */
export function augmentationSeed({ seed, split, network }: Stream, epoch: number, batch: number): number {
  return deriveSeed(seed, "augmentation", split, network ?? "all", epoch, batch);
}

/** Draw the training transforms of a batch: those of its samples, and those that an image has for a whole epoch. */
export function drawSeeds(stream: Stream, epoch: number, batch: number): DrawSeeds {
  const { seed, split, network } = stream;
  return {
    batch: augmentationSeed(stream, epoch, batch),
    epoch: deriveSeed(seed, "augmentation of images", split, network ?? "all", epoch),
  };
}

/** Draws the transforms that an image has for a whole epoch. */
export const imageSeed = (
  ofEpoch: number,
  { cohort, participantId, sessionId }: Pick<Sample, "cohort" | "participantId" | "sessionId">,
): number => deriveSeed(ofEpoch, cohort, participantId, sessionId);

/** Draws those of the sample at a place of the batch, from 0. */
export const sampleSeed = (ofBatch: number, place: number): number => deriveSeed(ofBatch, place);

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

export interface SampleDraw {
  readonly epoch: number;
  readonly seeds: ReadSeeds;
}

/** The draws of a training for one of its samples, one for each time that it learns from it, epoch by epoch. */
export function* drawsOfSample(
  stream: Stream,
  index: number,
  samples: readonly Sample[],
  settings: Pick<Experiment, "sampler" | "network_task" | "batch_size" | "epochs">,
): Generator<SampleDraw, void, void> {
  const sample = samples[index]!;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (const [position, other] of epochOrder(stream, epoch, samples, settings).entries()) {
      if (other !== index) continue;
      const seeds = drawSeeds(stream, epoch, Math.floor(position / settings.batch_size));
      const part = sampleSeed(seeds.batch, position % settings.batch_size);
      yield { epoch, seeds: { parts: [part], image: imageSeed(seeds.epoch, sample) } };
    }
  }
}
