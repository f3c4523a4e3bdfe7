/**
 * p-values from what the statistic would be if signs, groups or labels were dealt out anew (R. A. Fisher, 1935; E. Pitman, 1937): exact
 * where all ways can be counted, the observed one included; else p = (b + 1) / (m + 1) of m random ones (B. Phipson and G. Smyth, SAGMB
 * 2010).
 */
import type { ClassCounts } from "../confusion";
import { logChoose } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { mean } from "../moments";

export interface PermutationTest {
  /** What was observed. */
  readonly statistic: number;
  /** Ways in which the statistic is as far from 0, and all that were looked at. */
  readonly asFar: number;
  readonly ways: number;
  readonly exact: boolean;
  /** Two-sided. */
  readonly p: number;
  /** That the statistic is above 0. */
  readonly pGreater: number;
}

export interface Permutation {
  /** Uniform numbers in [0, 1), of a seeded generator. */
  readonly random: () => number;
  /** Random ways, where there are more than can be counted. */
  readonly draws?: number;
}

const MOST_EXACT = 2 ** 16;
const DRAWS = 9999;

/** Values that differ by rounding only are the same. */
const TIES = 1e-12;

/** Mean of paired differences, were their signs chance. Undefined without differences. */
export function signFlipTest(
  differences: readonly number[],
  { random, draws = DRAWS }: Permutation,
): Figure<PermutationTest> {
  const n = differences.length;
  if (n === 0) return undefinedBecause("no-cases");
  const observed = mean(differences);
  const flipped = (isFlipped: (i: number) => boolean) =>
    differences.reduce((sum, one, i) => sum + (isFlipped(i) ? -one : one), 0) / n;
  const exact = 2 ** n <= MOST_EXACT;
  const values = exact
    ? Array.from({ length: 2 ** n }, (_, way) => flipped((i) => ((way >> i) & 1) === 1))
    : Array.from({ length: draws }, () => flipped(() => random() < 0.5));
  return testOf(observed, values, exact);
}

/** Difference of the means of two groups, were it chance who is in which. Undefined where a group is empty. */
export function twoSamplePermutation(
  first: readonly number[],
  second: readonly number[],
  { random, draws = DRAWS }: Permutation,
): Figure<PermutationTest> {
  if (first.length === 0 || second.length === 0) return undefinedBecause("no-cases");
  const all = [...first, ...second];
  const sum = all.reduce((total, one) => total + one, 0);
  const difference = (part: number) => part / first.length - (sum - part) / second.length;
  const observed = mean(first) - mean(second);
  const ways = Math.exp(logChoose(all.length, first.length));
  if (ways <= MOST_EXACT + 0.5)
    return testOf(observed, sumsOfChoices(all, first.length).map(difference), true);
  const values = Array.from({ length: draws }, () => {
    const drawn = shuffled(all, random);
    return difference(drawn.slice(0, first.length).reduce((total, one) => total + one, 0));
  });
  return testOf(observed, values, false);
}

/** Sums of all choices of `count` of the values. */
function sumsOfChoices(values: readonly number[], count: number): number[] {
  const sums: number[] = [];
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      sums.push(sum);
      return;
    }
    for (let i = from; i <= values.length - left; i++) choose(i + 1, left - 1, sum + values[i]!);
  };
  choose(0, count, 0);
  return sums;
}

function testOf(observed: number, values: readonly number[], exact: boolean): PermutationTest {
  const asFar = values.filter((value) => Math.abs(value) >= Math.abs(observed) - TIES).length;
  const asLarge = values.filter((value) => value >= observed - TIES).length;
  const p = (count: number) => (exact ? count / values.length : monteCarloP(count, values.length));
  return { statistic: observed, asFar, ways: values.length, exact, p: p(asFar), pGreater: p(asLarge) };
}

/** @param asLarge random ways in which the statistic is as large as observed or larger, of `draws` */
export const monteCarloP = (asLarge: number, draws: number): number => (asLarge + 1) / (draws + 1);

/**
 * Whether a statistic of the answers is above what labels that say nothing would give: the labels are shuffled. Undefined without people.
 * @param statistic of labels and answers, larger being better
 */
export function labelPermutation(
  truth: readonly number[],
  statistic: (labels: readonly number[]) => number,
  { random, draws = DRAWS }: Permutation,
): Figure<{ readonly statistic: number; readonly draws: number; readonly p: number }> {
  if (truth.length === 0) return undefinedBecause("no-cases");
  const observed = statistic(truth);
  let asLarge = 0;
  for (let draw = 0; draw < draws; draw++) {
    if (statistic(shuffled(truth, random)) >= observed - TIES) asLarge++;
  }
  return { statistic: observed, draws, p: monteCarloP(asLarge, draws) };
}

/**
 * The same of the balanced accuracy of two classes, exactly: with shuffled labels the true positives are hypergeometric. Undefined where a
 * class has nobody.
 * @returns the probability of a balanced accuracy as high or higher
 */
export function balancedAccuracyPermutation({ tp, fn, fp, tn }: ClassCounts): Figure {
  const [positives, negatives, taken] = [tp + fn, tn + fp, tp + fp];
  if (positives === 0) return undefinedBecause("no-positives");
  if (negatives === 0) return undefinedBecause("no-negatives");
  let p = 0;
  for (let hits = tp; hits <= Math.min(positives, taken); hits++) {
    p += Math.exp(
      logChoose(positives, hits) +
        logChoose(negatives, taken - hits) -
        logChoose(positives + negatives, taken),
    );
  }
  return Math.min(1, p);
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [mixed[i], mixed[other]] = [mixed[other]!, mixed[i]!];
  }
  return mixed;
}
