/** The validation sets of splits that leave out one value of a column each: a site. */
import { problem, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { knownText } from "../tables/missing";
import type { Table } from "../tables/table";
import type { Person } from "./people";

interface LeaveOneOut {
  readonly people: readonly Person[];
  readonly groups: readonly (readonly number[])[];
  readonly members: readonly number[];
  readonly column: string;
}

/** Those of each value in turn; those without a value train in every split. */
export function leaveOneOut(
  { file }: Table,
  { people, groups, members, column }: LeaveOneOut,
  found: Problem[],
): { leftOut: string; validation: number[] }[] {
  const valuesOf = (i: number) =>
    [...new Set(people[i]!.rows.map((row) => knownText(row[column])))].filter((value) => value !== "");
  const values = [...new Set(members.flatMap(valuesOf))].sort();
  if (values.length < 2) found.push(problem("splits.leave-out-one", { file }, { column, values }));
  const inSeveral = groups.filter((group) => new Set(group.flatMap(valuesOf)).size > 1);
  if (inSeveral.length > 0) {
    const names = some(inSeveral.map((group) => group.map((i) => people[i]!.id).join(" + ")));
    found.push(problem("splits.leave-out-several", { file }, { column, count: inSeveral.length, names }));
  }
  const unknown = members.filter((i) => valuesOf(i).length === 0);
  if (unknown.length > 0) {
    const names = some(unknown.map((i) => people[i]!.id));
    const counts = { column, count: unknown.length, people: people.length, names };
    found.push(warning("splits.leave-out-unknown", { file }, counts));
  }
  return values.map((value) => ({
    leftOut: value,
    validation: members.filter((i) => valuesOf(i).includes(value)),
  }));
}
