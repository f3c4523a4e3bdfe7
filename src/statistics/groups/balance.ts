/**
 * Whether groups of people are alike in what is known of them: the table that a paper begins with. Every figure is over those whose value
 * is known; how many are not is said.
 */
import { cohensD } from "../association";
import { type Figure, mapFigure, undefinedBecause } from "../figure";
import { fisherExact } from "../groupTests";
import { mean, squaredDeviations } from "../moments";
import { percentile } from "../percentile";
import { kruskalWallis, oneWayAnova, type RankVarianceTest, type VarianceTest } from "./manySamples";
import { plainCramersV, type TableTest, tableTest } from "./tableTest";
import {
  hedgesG,
  type MeanTest,
  mannWhitney,
  type RankSumTest,
  standardisedDifference,
  student,
  welch,
} from "./twoSamples";

export interface GroupOfNumbers {
  readonly name: string;
  readonly known: number;
  readonly missing: number;
  readonly mean: Figure;
  /** Sample standard deviation. */
  readonly deviation: Figure;
  readonly median: Figure;
}

/** Of the first group against the second, where there are two. */
export interface PairOfGroups {
  readonly student: Figure<MeanTest>;
  readonly welch: Figure<MeanTest>;
  readonly mannWhitney: Figure<RankSumTest>;
  readonly cohensD: Figure;
  readonly hedgesG: Figure;
  readonly standardisedDifference: Figure;
}

export interface BalanceOfNumbers {
  readonly groups: readonly GroupOfNumbers[];
  /** Null unless there are two groups. */
  readonly pair: PairOfGroups | null;
  readonly anova: Figure<VarianceTest>;
  readonly kruskal: Figure<RankVarianceTest>;
}

/**
 * @param names the groups, in the order in which they are shown
 * @param groups of each person one of `names`: [n]
 * @param values NaN where it is not known: [n]
 */
export function balanceOfNumbers(
  names: readonly string[],
  groups: readonly string[],
  values: readonly number[],
): BalanceOfNumbers {
  const all = names.map((name) => values.filter((_, i) => groups[i] === name));
  const known = all.map((group) => group.filter((value) => !Number.isNaN(value)));
  const [first, second, ...others] = known;
  return {
    groups: known.map((group, i) => ({
      name: names[i]!,
      known: group.length,
      missing: all[i]!.length - group.length,
      mean: group.length > 0 ? mean(group) : undefinedBecause("no-cases"),
      deviation: deviationOf(group),
      median:
        group.length > 0 ? percentile(Float64Array.from(group).sort(), 0.5) : undefinedBecause("no-cases"),
    })),
    pair:
      first === undefined || second === undefined || others.length > 0
        ? null
        : {
            student: student(first, second),
            welch: welch(first, second),
            mannWhitney: mannWhitney(first, second),
            cohensD: orUndefined(cohensD(first, second)),
            hedgesG: hedgesG(first, second),
            standardisedDifference: standardisedDifference(first, second),
          },
    anova: oneWayAnova(known),
    kruskal: kruskalWallis(known),
  };
}

function deviationOf(values: readonly number[]): Figure {
  if (values.length < 2) return undefinedBecause(values.length === 0 ? "no-cases" : "too-few-cases");
  return Math.sqrt(squaredDeviations(values) / (values.length - 1));
}

const orUndefined = (value: number | null): Figure =>
  value === null || !Number.isFinite(value) ? undefinedBecause("no-variance") : value;

export interface BalanceOfValues {
  /** Rows of `table`. */
  readonly groups: readonly { readonly name: string; readonly known: number; readonly missing: number }[];
  /** Columns of `table`, in their order by letters. */
  readonly values: readonly string[];
  /** People: [groups, values]. */
  readonly table: readonly (readonly number[])[];
  readonly chiSquared: Figure<TableTest>;
  /** The same with Yates' correction, where the table is two by two. */
  readonly yates: Figure<TableTest>;
  /** Two-sided p of Fisher's exact test; null unless the table is two by two. To be taken where few are expected. */
  readonly fisher: number | null;
  /** Chi-squared asks for about 5 or more. */
  readonly smallestExpected: Figure;
  readonly cramersV: Figure;
}

/** @param values "" where it is not known: [n] */
export function balanceOfValues(
  names: readonly string[],
  groups: readonly string[],
  values: readonly string[],
): BalanceOfValues {
  const columns = [...new Set(values.filter((value) => value !== ""))].sort();
  const count = (name: string, value: string) =>
    groups.filter((group, i) => group === name && values[i] === value).length;
  const table = names.map((name) => columns.map((value) => count(name, value)));
  const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
  const [rows, ofColumns] = [table.map(sum), columns.map((_, j) => sum(table.map((row) => row[j]!)))];
  const chiSquared = tableTest(table);
  const [[a, b] = [], [c, d] = []] = table;
  const isTwoByTwo = names.length === 2 && columns.length === 2;
  return {
    groups: names.map((name, i) => ({ name, known: rows[i]!, missing: count(name, "") })),
    values: columns,
    table,
    chiSquared,
    yates: tableTest(table, true),
    fisher: isTwoByTwo
      ? fisherExact([
          [a!, b!],
          [c!, d!],
        ])
      : null,
    smallestExpected: mapFigure(chiSquared, () => (Math.min(...rows) * Math.min(...ofColumns)) / sum(rows)),
    cramersV: plainCramersV(table),
  };
}
