/** Several values of a label as one class. */
import type { ColumnValues } from "./labelClasses";

/** Values that are one class. */
export type ClassValues = readonly string[];

/** The same classes with those at `places` merged into one; sorted by their first value, as are the values within one. */
export function mergeClasses(
  classes: readonly ClassValues[],
  places: readonly number[],
): readonly ClassValues[] {
  const merged = places.flatMap((place) => classes[place] ?? []).sort();
  const others = classes.filter((_, place) => !places.includes(place));
  return [...others, merged].sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

/** People of a class, by their values at their first rows. */
export const peopleOfClass = (values: ClassValues, column: ColumnValues): number =>
  column.values
    .filter(({ value }) => values.includes(value))
    .reduce((count, { people }) => count + people, 0);
