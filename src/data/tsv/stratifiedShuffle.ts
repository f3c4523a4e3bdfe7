/** scikit-learn's stratified shuffle split: each class keeps its share, to the person. */
import type { RandomGenerator } from "../../network/weights/random";

/**
 * Draws `testCount` of the samples so that the classes keep their shares on both sides.
 * @param classes class of each sample, from 0
 * @returns for each sample whether it is drawn
 */
export function stratifiedShuffle(
  classes: readonly number[],
  testCount: number,
  random: RandomGenerator,
): boolean[] {
  const members = new Map<number, number[]>();
  for (const [sample, one] of classes.entries()) {
    const own = members.get(one);
    if (own === undefined) members.set(one, [sample]);
    else own.push(sample);
  }
  const groups = [...members].sort(([a], [b]) => a - b).map(([, samples]) => samples);
  const counts = groups.map((samples) => samples.length);
  const trainCounts = apportion(counts, classes.length - testCount, random);
  const testCounts = apportion(
    counts.map((count, i) => count - trainCounts[i]!),
    testCount,
    random,
  );
  const drawn = classes.map(() => false);
  for (const [i, samples] of groups.entries()) {
    const shuffled = random.shuffled(samples);
    for (const sample of shuffled.slice(trainCounts[i]!, trainCounts[i]! + testCounts[i]!))
      drawn[sample] = true;
  }
  return drawn;
}

/**
 * The likeliest numbers of each class among `draws` without replacement: their shares rounded down, what is left to the largest
 * remainders, ties by lot.
 */
function apportion(counts: readonly number[], draws: number, random: RandomGenerator): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count * draws) / total);
  const given = exact.map(Math.floor);
  let left = draws - given.reduce((sum, count) => sum + count, 0);
  const remainders = [...new Set(exact.map((share, i) => share - given[i]!))].sort((a, b) => b - a);
  for (const remainder of remainders) {
    const tied = exact.flatMap((share, i) => (share - Math.floor(share) === remainder ? [i] : []));
    for (const i of random.shuffled(tied).slice(0, left)) {
      given[i]!++;
      left--;
    }
    if (left === 0) break;
  }
  return given;
}
