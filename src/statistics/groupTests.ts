/** Whether two groups of people differ by more than chance: p-values, or null where there is nothing to compare. */
import { logChoose } from "./distributions";
import { isUndefined } from "./figure";
import { student } from "./groups/twoSamples";

/**
 * Two-sided p-value of the t-test of Student (equal variances; W. S. Gosset, 1908), as `scipy.stats.ttest_ind`. Null where a group is
 * empty, where there are fewer than three values, and where all values are equal.
 */
export function studentTest(first: readonly number[], second: readonly number[]): number | null {
  const test = student(first, second);
  if (!isUndefined(test)) return test.p;
  // Two groups that do not vary and are not alike are infinitely far from each other, as there.
  return test.undefinedBecause === "no-variance" && first[0] !== second[0] ? 0 : null;
}

/**
 * Two-sided p-value of Fisher's exact test (R. A. Fisher, 1935), as `scipy.stats.fisher_exact`: the probability of all tables with
 * these margins that are no likelier than this one. Holds for groups of any size, where a chi-squared asks for five people a cell.
 * @param table people of the two groups (rows) that are of the one and the other kind
 * @returns null where a group or a kind is empty
 */
export function fisherExact([[a, b], [c, d]]: readonly [
  readonly [number, number],
  readonly [number, number],
]): number | null {
  const [first, second, kind] = [a + b, c + d, a + c];
  if (first === 0 || second === 0 || kind === 0 || b + d === 0) return null;
  const logAll = logChoose(first + second, kind);
  const probability = (count: number) =>
    Math.exp(logChoose(first, count) + logChoose(second, kind - count) - logAll);
  // Equal probabilities differ in their last digits.
  const limit = probability(a) * (1 + TIES);
  const [fewest, most] = [Math.max(0, kind - second), Math.min(first, kind)];
  let p = 0;
  for (let count = fewest; count <= most; count++) {
    const one = probability(count);
    if (one <= limit) p += one;
  }
  return Math.min(1, p);
}

/** Relative; scipy's is 1e-14, ours leaves room for the logarithms of large numbers. */
const TIES = 1e-9;
