/** What an experiment on new splits says, and the diagnosis by which it chooses their rows. */
import { isNumber } from "../../experiment/labelCode";
import type { ExperimentInput } from "../../experiment/schema/schema";
import type { Table } from "../tables/table";
import type { SplitChoices } from "./choices";
import { DIAGNOSIS, type Person } from "./people";

export type SplitKeys = Pick<ExperimentInput, "label" | "label_code" | "diagnoses" | "n_splits">;

/** The diagnosis of everybody in a table that has none: experiments choose rows by one. */
const EVERYBODY = "all";

/** A table without a diagnosis gets one: the class, or the same for everybody. */
export function withDiagnosis(person: Person, table: Table, { label, classes }: SplitChoices): Person {
  if (table.columns.includes(DIAGNOSIS)) return person;
  const rows = person.rows.map((row) => ({
    ...row,
    [DIAGNOSIS]: label === null || classes === null ? EVERYBODY : (row[label] ?? ""),
  }));
  return { ...person, rows, first: rows[0]! };
}

/** @param splits how many there are */
export function keysOf(
  table: Table,
  people: readonly Person[],
  { label, classes }: SplitChoices,
  splits: number,
): SplitKeys {
  const own = table.columns.includes(DIAGNOSIS);
  const values = (classes ?? []).flat();
  // Numbers are taken for classes only where each is named.
  const isCoded = classes !== null && (classes.some(({ length }) => length > 1) || values.some(isNumber));
  const code = Object.fromEntries((classes ?? []).flatMap((of, code) => of.map((value) => [value, code])));
  const isDiagnosis = classes !== null && (label === DIAGNOSIS || !own);
  const standing = people.flatMap(({ rows }) => rows.map((row) => row[DIAGNOSIS] ?? ""));
  const [first = EVERYBODY, ...more] = isDiagnosis
    ? values
    : own
      ? [...new Set(standing)].sort()
      : [EVERYBODY];
  return {
    ...(label === null || isDiagnosis ? {} : { label }),
    ...(isCoded ? { label_code: code } : {}),
    diagnoses: [first, ...more],
    ...(splits > 1 ? { n_splits: splits } : {}),
  };
}
