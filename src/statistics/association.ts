/** How strongly something of people goes with their class: effect sizes, which do not grow with the number of people as 1/p does. */
import { mean, squaredDeviations } from "./moments";

/**
 * Difference of two means in standard deviations, these pooled (J. Cohen, Statistical Power Analysis, 1988): 0.2 is small, 0.8 large.
 * Infinite where the groups differ and nothing varies within them. Null where it does not exist: a group is empty, there are two values
 * only, or all are equal.
 */
export function cohensD(first: readonly number[], second: readonly number[]): number | null {
  const freedom = first.length + second.length - 2;
  if (first.length === 0 || second.length === 0 || freedom < 1) return null;
  const variance = (squaredDeviations(first) + squaredDeviations(second)) / freedom;
  const d = (mean(first) - mean(second)) / Math.sqrt(variance);
  return Number.isNaN(d) ? null : d;
}

/** Standard error of a Cohen's d (L. Hedges and I. Olkin, Statistical Methods for Meta-Analysis, 1985, chapter 5). */
export const errorOfD = (d: number, first: number, second: number): number =>
  Math.sqrt((first + second) / (first * second) + d ** 2 / (2 * (first + second)));

/**
 * Probability that a value of `first` is larger than one of `second`, less the reverse (N. Cliff, Psychological Bulletin 1993): -1 to
 * 1, whatever the distributions. Null where a group is empty.
 */
export function cliffsDelta(first: readonly number[], second: readonly number[]): number | null {
  if (first.length === 0 || second.length === 0) return null;
  const sorted = Float64Array.from(second).sort();
  const dominance = first.reduce((sum, value) => {
    const below = countWhile(sorted, (other) => other < value);
    const notAbove = countWhile(sorted, (other) => other <= value);
    return sum + below - (sorted.length - notAbove);
  }, 0);
  return dominance / (first.length * second.length);
}

/** How many values at the beginning of `sorted` hold to `test`, which is true up to a point. */
function countWhile(sorted: Float64Array, test: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Cramer's V of a table of counts without the bias that makes it grow with the number of cells (W. Bergsma, Journal of the Korean
 * Statistical Society 2013): 0 to 1. Null where fewer than two rows or columns hold anybody.
 */
export function cramersV(table: readonly (readonly number[])[]): number | null {
  const { statistic, rows: r, columns: c, all } = chiSquared(table);
  if (r < 2 || c < 2) return null;
  const phi = Math.max(0, statistic / all - ((r - 1) * (c - 1)) / (all - 1));
  const correct = (count: number) => count - (count - 1) ** 2 / (all - 1);
  const limit = Math.min(correct(r), correct(c)) - 1;
  return limit <= 0 ? 0 : Math.min(1, Math.sqrt(phi / limit));
}

/** Pearson's chi-squared of a table of counts, and how many of its rows and columns hold anybody. */
export function chiSquared(table: readonly (readonly number[])[]): {
  readonly statistic: number;
  readonly freedom: number;
  readonly rows: number;
  readonly columns: number;
  readonly all: number;
} {
  const rows = table.map(sum);
  const columns = (table[0] ?? []).map((_, j) => sum(table.map((row) => row[j] ?? 0)));
  const all = sum(rows);
  const terms = table.flatMap((row, i) =>
    row.map((count, j) => {
      const expected = (rows[i]! * columns[j]!) / all;
      return expected > 0 ? (count - expected) ** 2 / expected : 0;
    }),
  );
  const filled = (margins: readonly number[]) => margins.filter((count) => count > 0).length;
  const [r, c] = [filled(rows), filled(columns)];
  return { statistic: sum(terms), freedom: (r - 1) * (c - 1), rows: r, columns: c, all };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A thing that is known of a person, and the class of that person. */
export interface Observation<Value> {
  readonly value: Value;
  readonly label: string;
}

/** How many people of each class (columns) have each value (rows); values and classes in the order in which they come first. */
export function contingency(observations: readonly Observation<string>[]): {
  readonly values: readonly string[];
  readonly labels: readonly string[];
  readonly rows: readonly (readonly number[])[];
} {
  const values = [...new Set(observations.map(({ value }) => value))];
  const labels = [...new Set(observations.map(({ label }) => label))];
  const pairs = counts(observations.map(({ value, label }) => `${value}\t${label}`));
  const rows = values.map((value) => labels.map((label) => pairs.get(`${value}\t${label}`) ?? 0));
  return { values, labels, rows };
}

/** Balanced accuracy of the best threshold between two classes, in either direction. NaN unless there are two. */
export function bestThreshold(observations: readonly Observation<number>[]): number {
  const sizes = counts(observations.map(({ label }) => label));
  const [first, ...others] = sizes.keys();
  if (first === undefined || others.length !== 1) return Number.NaN;
  const sorted = [...observations].sort((a, b) => a.value - b.value);
  // Share of the first class below the threshold, less that of the second: its largest distance from 0 is Youden's J.
  let [difference, largest] = [0, 0];
  for (const [i, { value, label }] of sorted.entries()) {
    difference += (label === first ? 1 : -1) / sizes.get(label)!;
    if (sorted[i + 1]?.value !== value) largest = Math.max(largest, Math.abs(difference));
  }
  return (1 + largest) / 2;
}

function counts(values: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}
