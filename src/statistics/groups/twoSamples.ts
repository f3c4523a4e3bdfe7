/** Whether the values of two groups of people differ, and by how much. */
import { cohensD } from "../association";
import { logGamma, normalTwoSided, studentReach, studentTwoSided } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { USUAL_LEVEL } from "../intervals/interval";
import { mean, squaredDeviations } from "../moments";
import { midranks, tieTerm } from "../ranks";

export interface MeanTest {
  readonly test: "student" | "welch";
  /** Mean of the first less that of the second. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly t: number;
  readonly freedom: number;
  /** Two-sided. */
  readonly p: number;
}

/** Equal variances (W. S. Gosset, 1908). Undefined where a group is empty, with fewer than three people, and where no group varies. */
export function student(
  first: readonly number[],
  second: readonly number[],
  level = USUAL_LEVEL,
): Figure<MeanTest> {
  const freedom = first.length + second.length - 2;
  if (first.length === 0 || second.length === 0) return undefinedBecause("no-cases");
  if (freedom < 1) return undefinedBecause("too-few-cases");
  if (areEqual(first) && areEqual(second)) return undefinedBecause("no-variance");
  const variance = (squaredDeviations(first) + squaredDeviations(second)) / freedom;
  const error = Math.sqrt(variance * (1 / first.length + 1 / second.length));
  return meanTest("student", mean(first) - mean(second), error, freedom, level);
}

/** Variances of their own (B. L. Welch, Biometrika 1947). Undefined where a group has fewer than two people, and where none varies. */
export function welch(
  first: readonly number[],
  second: readonly number[],
  level = USUAL_LEVEL,
): Figure<MeanTest> {
  if (first.length < 2 || second.length < 2) return undefinedBecause("too-few-cases");
  if (areEqual(first) && areEqual(second)) return undefinedBecause("no-variance");
  const [a, b] = [first, second].map((values) => variance(values) / values.length) as [number, number];
  const freedom = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  return meanTest("welch", mean(first) - mean(second), Math.sqrt(a + b), freedom, level);
}

function meanTest(
  test: MeanTest["test"],
  difference: number,
  error: number,
  freedom: number,
  level: number,
): MeanTest {
  const t = difference / error;
  const width = studentReach(level, freedom) * error;
  return {
    test,
    difference,
    lower: difference - width,
    upper: difference + width,
    level,
    t,
    freedom,
    p: studentTwoSided(t, freedom),
  };
}

/** Asked of the values: the sum of their rounded distances from a rounded mean may be more than 0. */
const areEqual = (values: readonly number[]) => values.every((value) => value === values[0]);

const variance = (values: readonly number[]) => squaredDeviations(values) / (values.length - 1);

/** Cohen's d without the bias that makes it too large in small groups: d gamma(f / 2) / (sqrt(f / 2) gamma((f - 1) / 2)), f = n - 2 (L. Hedges, 1981). */
export function hedgesG(first: readonly number[], second: readonly number[]): Figure {
  const freedom = first.length + second.length - 2;
  if (freedom < 2) return undefinedBecause("too-few-cases");
  const d = cohensD(first, second);
  if (d === null || !Number.isFinite(d)) return undefinedBecause("no-variance");
  return (d * Math.exp(logGamma(freedom / 2) - logGamma((freedom - 1) / 2))) / Math.sqrt(freedom / 2);
}

/** Difference of the means over the root of the mean of both variances: what tables of balance show (P. Austin, 2009). */
export function standardisedDifference(first: readonly number[], second: readonly number[]): Figure {
  if (first.length < 2 || second.length < 2) return undefinedBecause("too-few-cases");
  const spread = Math.sqrt((variance(first) + variance(second)) / 2);
  return spread > 0 ? (mean(first) - mean(second)) / spread : undefinedBecause("no-variance");
}

export interface RankSumTest {
  readonly test: "mann-whitney";
  /** Pairs in which the value of the first group is the larger one, ties half. */
  readonly u: number;
  /** From all ways to share the ranks out, or from the normal approximation with its correction for continuity. */
  readonly exact: boolean;
  /** Two-sided. */
  readonly p: number;
}

/** Up to that many people all ways are counted. */
const MOST_EXACT = 40;

/** H. Mann and D. Whitney, 1947. Undefined where a group is empty, and where all values are equal. */
export function mannWhitney(first: readonly number[], second: readonly number[]): Figure<RankSumTest> {
  if (first.length === 0 || second.length === 0) return undefinedBecause("no-cases");
  const all = [...first, ...second];
  if (all.every((value) => value === all[0])) return undefinedBecause("no-variance");
  const exact = all.length <= MOST_EXACT;
  const p = exact ? exactRankSum(first, second) : approximateRankSum(first, second);
  return { test: "mann-whitney", u: uOf(first, second), exact, p };
}

function uOf(first: readonly number[], second: readonly number[]): number {
  const ranks = midranks([...first, ...second]).slice(0, first.length);
  return ranks.reduce((sum, rank) => sum + rank, 0) - (first.length * (first.length + 1)) / 2;
}

/** Two-sided p, variance less by ties, half a pair nearer to the middle: scipy's `mannwhitneyu(method="asymptotic")`. */
export function approximateRankSum(first: readonly number[], second: readonly number[]): number {
  const [m, n] = [first.length, second.length];
  const all = m + n;
  const squares = (m * n * (all + 1 - tieTerm([...first, ...second]) / (all * (all - 1)))) / 12;
  const far = Math.max(0, Math.abs(uOf(first, second) - (m * n) / 2) - 0.5);
  return normalTwoSided(far / Math.sqrt(squares));
}

/** Two-sided p: the share of all ways to choose the first group whose U is as far from its middle. */
export function exactRankSum(first: readonly number[], second: readonly number[]): number {
  const doubled = midranks([...first, ...second]).map((rank) => 2 * rank);
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  // ways[k][s]: how many choices of k ranks have the sum s.
  const ways = Array.from({ length: first.length + 1 }, () => new Float64Array(total + 1));
  ways[0]![0] = 1;
  for (const rank of doubled) {
    for (let k = first.length; k >= 1; k--) {
      for (let sum = total; sum >= rank; sum--) ways[k]![sum]! += ways[k - 1]![sum - rank]!;
    }
  }
  const middle = first.length * (first.length + second.length + 1);
  const observed = 2 * uOf(first, second) + first.length * (first.length + 1);
  let [asFar, all] = [0, 0];
  for (const [sum, count] of ways[first.length]!.entries()) {
    all += count;
    if (Math.abs(sum - middle) >= Math.abs(observed - middle)) asFar += count;
  }
  return asFar / all;
}
