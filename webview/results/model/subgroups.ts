/** People by what the table of the group says of them: sex, site, bands of age. */
import type { PersonAnswer } from "../../../src/report/results/people";
import type { PeopleColumn } from "../messages";

export interface Subgroup {
  /** "F", "60 – 69"; null for those of whom the table says nothing. */
  readonly name: string | null;
  readonly people: readonly PersonAnswer[];
}

/** More values than these are no subgroups but a measure, or names. */
const MOST_SUBGROUPS = 12;
/** Years, or what else is measured, in a band. */
const BAND = 10;

/** Columns that make two subgroups or more, those of the field first. */
export function subgroupColumns(columns: readonly PeopleColumn[], label: string | null): readonly string[] {
  const order = ["sex", "age", "site"];
  const place = (name: string) => {
    const found = order.findIndex((one) => name.toLocaleLowerCase().startsWith(one));
    return found < 0 ? order.length : found;
  };
  return columns
    .filter(({ name, values }) => name !== label && divides(values))
    .map(({ name }) => name)
    .sort((a, b) => place(a) - place(b));
}

function divides(values: readonly string[]): boolean {
  const names = new Set(values.map(subgroupOf(values)));
  names.delete(null);
  return names.size >= 2 && names.size <= MOST_SUBGROUPS;
}

/** Subgroups in their order, those of whom nothing is said last. `rowOf`: the row of the group that a person has first. */
export function subgroupsBy(
  { values }: PeopleColumn,
  people: readonly PersonAnswer[],
  rowOf: (person: PersonAnswer) => number,
): readonly Subgroup[] {
  const nameOf = subgroupOf(values);
  const groups = new Map<string | null, PersonAnswer[]>();
  for (const person of people) {
    const name = nameOf(values[rowOf(person)] ?? "");
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [person]);
    else known.push(person);
  }
  return [...groups]
    .map(([name, members]) => ({ name, people: members }))
    .sort((a, b) => compareNames(a.name, b.name));
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return inOrder.compare(a, b);
}

/** A measure, of more values than make subgroups, in bands of ten. */
function subgroupOf(values: readonly string[]): (value: string) => string | null {
  const given = new Set(values.filter((value) => value !== ""));
  const measured = given.size > MOST_SUBGROUPS && [...given].every((value) => Number.isFinite(Number(value)));
  if (!measured) return (value) => (value === "" ? null : value);
  return (value) => {
    if (value === "") return null;
    const from = Math.floor(Number(value) / BAND) * BAND;
    return `${from} – ${from + BAND - 1}`;
  };
}
