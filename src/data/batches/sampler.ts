/** In which order the samples of a training set are seen. Seed, split, network and epoch decide, nothing else does. */
import type { RandomGenerator } from "../../network/weights/random";
import type { Sample } from "./dataset";

/** Every sample once, in random order. */
export function randomOrder(count: number, generator: RandomGenerator): number[] {
  return generator.permutation(count);
}

/**
 * As many draws as samples, with replacement, each sample with a probability inverse to the number of samples of its group
 * (ClinicaDL's `weighted`): its class, or, for a regression, its fifth of the range of the values.
 */
export function weightedOrder(
  samples: readonly Sample[],
  task: "classification" | "regression",
  generator: RandomGenerator,
): number[] {
  const weights = sampleWeights(
    samples.map(({ target }) => target),
    task,
  );
  const cumulative: number[] = [];
  let total = 0;
  for (const weight of weights) {
    total += weight;
    cumulative.push(total);
  }
  return samples.map(() => firstAbove(cumulative, generator.uniform() * total));
}

/** 1 / (number of samples of the same group). */
export function sampleWeights(targets: readonly number[], task: "classification" | "regression"): number[] {
  const groups = task === "classification" ? targets : fifths(targets);
  const counts = new Map<number, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  return groups.map((group) => 1 / counts.get(group)!);
}

/** Five bins of equal width between the smallest and the largest value, which belongs to the last. */
function fifths(values: readonly number[]): number[] {
  // Not `Math.min(...values)`: a call takes about a hundred thousand arguments at most.
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const width = (max - min) / 5;
  return values.map((value) => (width === 0 ? 0 : Math.min(4, Math.floor((value - min) / width))));
}

/** Index of the first of the ascending `bounds` that is above `value`. */
function firstAbove(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
