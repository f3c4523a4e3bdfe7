/** The columns of a table of people, as its steps and its page choose among them. */
import { type ColumnValues, valuesOf } from "../../../data/splits/labelClasses";
import type { StudyTable } from "../../../data/splits/studyTable";
import { KEYS } from "../../../data/tables/table";

/** A column of more values is no site to leave out, and nothing to be alike in or to be shown. */
export const MOST_VALUES = 20;

/** Without those of ids. */
export function columnsOf({ table }: StudyTable): ColumnValues[] {
  const keys: readonly string[] = KEYS;
  return table.columns.filter((column) => !keys.includes(column)).map((column) => valuesOf(table, column));
}

/** Numbers, and what has few values. */
export const isShown = ({ values, isNumber }: ColumnValues): boolean =>
  isNumber || (values.length > 1 && values.length <= MOST_VALUES);
