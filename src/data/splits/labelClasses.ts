/** What a column could be predicted as: a number, or the classes that its values are. */
import { isNumber } from "../../experiment/labelCode";
import { knownText } from "../tables/missing";
import type { Table } from "../tables/table";
import { rowsByPerson } from "../tsv/sessionKeys";

export interface ColumnValues {
  readonly column: string;
  /** People by their value at their first row, the commonest first. */
  readonly values: readonly { readonly value: string; readonly people: number }[];
  readonly unknown: number;
  /** More different numbers than anybody has classes. */
  readonly isNumber: boolean;
}

/** More classes would be none. */
const MOST_CLASSES = 10;

/** @param table with participant_id */
export function valuesOf(table: Table, column: string): ColumnValues {
  const counts = new Map<string, number>();
  for (const [first] of rowsByPerson(table.rows.map(({ values }) => values)).values()) {
    const value = knownText(first?.[column]);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const unknown = counts.get("") ?? 0;
  counts.delete("");
  const values = [...counts]
    .map(([value, people]) => ({ value, people }))
    .sort((a, b) => b.people - a.people || (a.value < b.value ? -1 : 1));
  return {
    column,
    values,
    unknown,
    isNumber: values.length > MOST_CLASSES && values.every(({ value }) => isNumber(value)),
  };
}

/** A class as it is written: one value, or several joined by `+`, where no value is written so itself. */
export function classOf(text: string, { values }: ColumnValues): readonly string[] {
  return values.some(({ value }) => value === text) ? [text] : text.split("+").map((part) => part.trim());
}
