/** Where a network starts, derived from the one seed of the experiment. What concerns the samples: data/batches/trainingSeeds. */
import type { Stream } from "../../data/batches/trainingSeeds";
import { deriveSeed } from "../../network/weights/random";

/** As in ClinicaDL every split starts from the same weights; the networks of a multi-network start from others. */
export function initialWeightsSeed({ seed, network }: Stream): number {
  return network === null ? seed : deriveSeed(seed, "weights", network);
}

export function dropoutSeed({ seed, split, network }: Stream): number {
  return deriveSeed(seed, "dropout", split, network ?? "all");
}
