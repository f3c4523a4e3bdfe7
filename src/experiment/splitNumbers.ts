/** Which splits of a cross-validation an experiment trains: the keys `n_splits` and `split`. */
import type { Experiment } from "./experiment";

/** Numbers of the splits: `split`, or all `n_splits`; 0 alone for a single split. */
export function splitNumbers({ n_splits, split }: Pick<Experiment, "n_splits" | "split">): number[] {
  return split.length > 0 ? [...new Set(split)] : Array.from({ length: Math.max(1, n_splits) }, (_, i) => i);
}
