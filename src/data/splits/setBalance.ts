/** How alike the sets are, column by column: what a reader asks of splits before anything is trained on them. */
import { type Figure, isUndefined, mapFigure } from "../../statistics/figure";
import { balanceOfNumbers, balanceOfValues } from "../../statistics/groups/balance";
import { ageOf, sexOf } from "../tables/demographics";
import { isMissing, knownText } from "../tables/missing";
import { KEYS } from "../tables/table";
import type { SplitChoices } from "./choices";
import type { SplitPlan } from "./makeSplits";
import type { Person } from "./people";

/** One of the sets against those with whom it is compared: the test against all others, a validation set against its training set. */
export interface ComparedSet {
  /** Null for the people set apart, else the number of the split. */
  readonly split: number | null;
  /** The value that the split leaves out. */
  readonly leftOut: string | null;
  readonly people: number;
  readonly others: number;
}

export const DIFFERENCE_TESTS = ["welch", "chi-squared", "fisher"] as const;

export interface Difference {
  readonly test: (typeof DIFFERENCE_TESTS)[number];
  /** Two-sided; null where there is nothing to compare. */
  readonly p: number | null;
  /** Cohen's d of a number, Cramer's V of a value; null as p. */
  readonly effect: number | null;
}

interface Column<Kind extends string, Summary> {
  readonly column: string;
  readonly kind: Kind;
  /** People of all sets whose value is not known: they are left out of this column only. */
  readonly unknown: number;
  /** Of everybody, then of each set. */
  readonly all: Summary;
  readonly sets: readonly (Summary & { readonly difference: Difference })[];
}

interface NumberSummary {
  readonly mean: number | null;
  readonly deviation: number | null;
}

interface ValueSummary {
  /** People of each value, in the order of `values`. */
  readonly counts: readonly number[];
}

export type ColumnBalance =
  | Column<"number", NumberSummary>
  | (Column<"value", ValueSummary> & { readonly values: readonly string[] });

export interface SetBalance {
  readonly sets: readonly ComparedSet[];
  readonly columns: readonly ColumnBalance[];
}

interface Sides {
  readonly set: ComparedSet;
  readonly own: readonly number[];
  readonly others: readonly number[];
}

/** Of each person once, by the first session. @param columns in the order in which they are shown */
export function balanceOfSets(
  { people, test, splits }: Pick<SplitPlan, "people" | "test" | "splits">,
  columns: readonly string[],
): SetBalance {
  const inTest = new Set(test);
  const rest = [...people.keys()].filter((i) => !inTest.has(i));
  const sides: Sides[] = [
    ...(test.length === 0 ? [] : [sidesOf(null, null, test, rest)]),
    ...splits.map(({ leftOut, train, validation }, split) => sidesOf(split, leftOut, validation, train)),
  ];
  return {
    sets: sides.map(({ set }) => set),
    columns: columns.map((column) => balanceOf(column, people, sides)),
  };
}

function sidesOf(
  split: number | null,
  leftOut: string | null,
  own: readonly number[],
  others: readonly number[],
): Sides {
  return { set: { split, leftOut, people: own.length, others: others.length }, own, others };
}

const GROUPS = ["own", "others"] as const;

function balanceOf(column: string, people: readonly Person[], sides: readonly Sides[]): ColumnBalance {
  const cells = people.map(({ first }) => knownText(first[column]));
  const numbers = numbersOf(cells);
  const everybody = [...people.keys()];
  if (numbers !== null) {
    const compare = (own: readonly number[], others: readonly number[]) => {
      const members = [...own, ...others];
      return balanceOfNumbers(
        GROUPS,
        groupsOf(own, others),
        members.map((i) => numbers[i]!),
      );
    };
    const summary = ({ groups: [own] }: ReturnType<typeof compare>): NumberSummary => ({
      mean: own === undefined ? null : known(own.mean),
      deviation: own === undefined ? null : known(own.deviation),
    });
    return {
      column,
      kind: "number",
      unknown: numbers.filter(Number.isNaN).length,
      all: summary(compare(everybody, [])),
      sets: sides.map(({ own, others }) => {
        const found = compare(own, others);
        const p = found.pair === null ? null : known(mapFigure(found.pair.welch, (test) => test.p));
        const effect = found.pair === null ? null : known(found.pair.cohensD);
        return { ...summary(found), difference: { test: "welch", p, effect } };
      }),
    };
  }
  const texts = wordsOf(cells);
  const values = [...new Set(texts)].filter((value) => value !== "").sort();
  const counts = (members: readonly number[]) =>
    values.map((value) => members.filter((i) => texts[i] === value).length);
  return {
    column,
    kind: "value",
    values,
    unknown: texts.filter((text) => text === "").length,
    all: { counts: counts(everybody) },
    sets: sides.map(({ own, others }) => {
      const members = [...own, ...others];
      const found = balanceOfValues(
        GROUPS,
        groupsOf(own, others),
        members.map((i) => texts[i]!),
      );
      const few = known(found.smallestExpected) ?? 0;
      const exact = found.fisher !== null && few < FEW_EXPECTED;
      return {
        counts: counts(own),
        difference: {
          test: exact ? "fisher" : "chi-squared",
          p: exact ? found.fisher : known(mapFigure(found.chiSquared, (test) => test.p)),
          effect: known(found.cramersV),
        },
      };
    }),
  };
}

/** Chi-squared asks for as many or more in each cell. */
const FEW_EXPECTED = 5;

const groupsOf = (own: readonly number[], others: readonly number[]) => [
  ...own.map(() => GROUPS[0]),
  ...others.map(() => GROUPS[1]),
];

const known = (figure: Figure): number | null => (isUndefined(figure) ? null : figure);

/** Fewer different numbers are codes of values: the number of a site, 0 and 1 for a sex. */
const FEWEST_NUMBERS = 6;

/** NaN where it is not known; null for a column that holds values. */
function numbersOf(cells: readonly string[]): number[] | null {
  const ages = cells.map(ageOf);
  const all = ages.every(({ kind }) => kind === "years" || kind === "at-least" || kind === "unknown");
  const different = new Set(cells.filter((cell) => !isMissing(cell)));
  if (!all || different.size < FEWEST_NUMBERS) return null;
  return ages.map((age) => ("years" in age ? age.years : Number.NaN));
}

/** Words of sex are of one kind (`M`, `male`), where the column holds nothing else. */
function wordsOf(cells: readonly string[]): string[] {
  const sexes = cells.map(sexOf);
  return sexes.every((sex) => sex !== undefined) && sexes.some((sex) => sex !== null)
    ? sexes.map((sex) => sex ?? "")
    : cells.map((cell) => cell);
}

const USUAL = [
  /^age(_.*)?$/i,
  /^(sex|gender)(_.*)?$/i,
  /^(site|site_?id|cent(er|re)|institution.*|scanner.*|data_?set|study)$/i,
];

/** What is shown unasked: the label, age, sex, site, and what the sets were to be alike in. */
export function usualColumns(
  table: readonly string[],
  { label, stratify, validation }: SplitChoices,
): string[] {
  const usual = USUAL.flatMap((name) => table.filter((column) => name.test(column)));
  const left = validation.kind === "leave-one-out" ? [validation.column] : [];
  const keys: readonly string[] = KEYS;
  const columns = [...(label === null ? [] : [label]), ...usual, ...stratify, ...left];
  return [...new Set(columns)].filter((column) => table.includes(column) && !keys.includes(column));
}
