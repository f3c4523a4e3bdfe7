/** Values of a column that are one value to people and several to a program: `AD` and `ad`, or `M` and `male`. */
import { basename } from "node:path";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { sexOf } from "./demographics";
import { knownText } from "./missing";
import type { Table } from "./table";

/** A value where it stands. */
export interface StandingValue {
  readonly value: string;
  readonly table: string;
  readonly line: number;
}

/** The same for values that differ by case, by spaces, or by how an accent is encoded. */
export const plainSpelling = (value: string): string =>
  value.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

/** The same for words of one sex (`M`, `male`), and else for what `plainSpelling` takes for one. */
const sexSpelling = (value: string): string => sexOf(value) ?? plainSpelling(value);

/**
 * One problem for a column in which a value is spelt in several ways that differ by case or spaces only, or in several words where
 * the column holds words of sex and nothing else; none otherwise.
 * @param meant values that are asked for, or have a class: meant as they are written. Where there are some, only what differs from
 * one of them counts
 * @param key key of the experiment that leads to the column
 */
export function spellingProblems(
  column: string,
  values: readonly StandingValue[],
  meant: readonly string[],
  key?: "diagnoses" | "label",
): Problem[] {
  const told = values.filter(({ value }) => knownText(value) !== "");
  const standing = grouped(told, ({ value }) => value);
  const byCase = unclearSpellings([...standing.keys()], meant, plainSpelling);
  const isOfSex = [...standing.keys()].every((value) => sexOf(value) !== undefined);
  const byWord = isOfSex ? unclearSpellings([...standing.keys()], meant, sexSpelling) : byCase;
  const [first] = byWord.flatMap((value) => standing.get(value) ?? []);
  if (first === undefined) return [];
  const place = { file: first.table, key };
  const texts = byWord.map((value) => placesText(value, standing.get(value) ?? []));
  return [
    byWord.length > byCase.length
      ? problem("column.sex-spellings", place, { column, values: texts })
      : problem("column.spellings", place, { column, values: texts }),
  ];
}

/** Values that `spelling` takes for one with another of them, and that are not all `meant`. */
function unclearSpellings(
  values: readonly string[],
  meant: readonly string[],
  spelling: (value: string) => string,
): readonly string[] {
  const known = new Set(meant);
  return [...grouped([...new Set([...meant, ...values])], spelling).values()]
    .filter(
      (same) =>
        same.length > 1 &&
        same.some((value) => !known.has(value)) &&
        (known.size === 0 || same.some((value) => known.has(value))),
    )
    .flat();
}

/** Of a whole column of a table. */
export function columnSpellings(
  { file, rows }: Table,
  column: string,
  meant: readonly string[] = [],
): Problem[] {
  const values = rows.map(({ line, values }) => ({ value: values[column] ?? "", table: file, line }));
  return spellingProblems(column, values, meant);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

const PLACES = 3;

/** `"ad" × 4 (train.tsv:4, train.tsv:8, train.tsv:9, ...)`. */
function placesText(value: string, places: readonly StandingValue[]): string {
  const named = places.slice(0, PLACES).map(({ table, line }) => `${basename(table)}:${line}`);
  const some = places.length > PLACES ? [...named, "..."] : named;
  return `"${value}" × ${places.length}${some.length === 0 ? "" : ` (${some.join(", ")})`}`;
}
