/** In what people are alike: the parts in which every set shall have its share. */
import { isNumber } from "../../experiment/labelCode";
import { knownText } from "../tables/missing";
import type { SplitChoices } from "./choices";
import type { Person } from "./people";
import type { Partition } from "./shareOut";

/** A column of more different numbers is taken by quarters: an age, and not the number of a site. */
const MOST_NUMBERS = 10;
const QUARTERS = 4;

/** Of each person the part of `column`: its value at the first session, or of many numbers the quarter. Unknown is a part of its own. */
export function partsOf(people: readonly Person[], column: string): string[] {
  const values = people.map(({ first }) => knownText(first[column]));
  const known = values.filter((value) => value !== "");
  if (new Set(known).size <= MOST_NUMBERS || !known.every(isNumber)) return values;
  const sorted = known.map(Number).sort((a, b) => a - b);
  const limits = Array.from(
    { length: QUARTERS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / QUARTERS)]!,
  );
  return values.map((value) =>
    value === "" ? "" : String(limits.filter((limit) => Number(value) >= limit).length),
  );
}

/** A margin (a site, whatever the class) counts when the class, and the site within it, are as even as they can be. */
const OF_MARGINS = 0.01;

/** Everybody; by label; by label and all that is asked; and by each of that. */
export function partitionsOf(
  people: readonly Person[],
  { label, classes, stratify }: SplitChoices,
): Partition[] {
  const labels =
    label === null
      ? people.map(() => "")
      : classes === null
        ? partsOf(people, label)
        : people.map(({ className }) => className);
  const margins = stratify.filter((column) => column !== label).map((column) => partsOf(people, column));
  const cells = people.map((_, i) => JSON.stringify([labels[i], ...margins.map((parts) => parts[i])]));
  return [
    { parts: people.map(() => 0), weight: 1 },
    { parts: numbered(labels), weight: 1 },
    ...(margins.length === 0 ? [] : [{ parts: numbered(cells), weight: 1 }]),
    ...margins.map((parts) => ({ parts: numbered(parts), weight: OF_MARGINS })),
  ];
}

function numbered(names: readonly string[]): number[] {
  const order = new Map([...new Set(names)].sort().map((name, i) => [name, i]));
  return names.map((name) => order.get(name) ?? 0);
}

/** People who are together because they share a value of one of `columns`, or each with a third: by their number, [groups][people]. */
export function groupsOf(people: readonly Person[], columns: readonly string[]): number[][] {
  const above = people.map((_, i) => i);
  const top = (i: number): number => {
    let one = i;
    while (above[one] !== one) one = above[one]!;
    return one;
  };
  for (const column of columns) {
    const first = new Map<string, number>();
    for (const [i, { rows }] of people.entries()) {
      for (const row of rows) {
        const value = knownText(row[column]);
        if (value === "") continue;
        const known = first.get(value);
        if (known === undefined) first.set(value, i);
        else above[top(i)] = top(known);
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const i of people.keys()) groups.set(top(i), [...(groups.get(top(i)) ?? []), i]);
  return [...groups.values()];
}
