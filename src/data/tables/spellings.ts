/** Values of a column that are one value to people and several to a program: `AD` and `ad`. */
import { basename } from "node:path";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
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

/**
 * One problem for a column in which a value is spelt in several ways that differ by case or spaces only; none else.
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
  const known = new Set(meant);
  const spellings = grouped([...new Set([...meant, ...standing.keys()])], plainSpelling);
  const unclear = [...spellings.values()].filter(
    (same) =>
      same.length > 1 &&
      same.some((value) => !known.has(value)) &&
      (known.size === 0 || same.some((value) => known.has(value))),
  );
  const [first] = unclear.flat().flatMap((value) => standing.get(value) ?? []);
  if (first === undefined) return [];
  const texts = unclear.flat().map((value) => placesText(value, standing.get(value) ?? []));
  return [problem("column.spellings", { file: first.table, key }, { column, values: texts })];
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
