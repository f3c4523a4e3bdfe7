/** Numbers as half of the world writes them: 71,3 for 71.3. */
import { isMissing } from "./missing";

const NUMBER = /^[+-]?\d+(?:,\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The columns of a table separated by semicolons of which every value is a number, some with a comma before its decimals: whoever
 * separates so has no other use for the comma. Among tabs it may stand between thousands, and who needs numbers tells of it.
 */
export function decimalCommaColumns(cells: readonly (readonly string[])[]): ReadonlySet<number> {
  const [header = [], ...rows] = cells;
  return new Set([...header.keys()].filter((column) => hasDecimalCommas(rows, column)));
}

function hasDecimalCommas(rows: readonly (readonly string[])[], column: number): boolean {
  let found = false;
  for (const row of rows) {
    const value = row[column] ?? "";
    if (isMissing(value)) continue;
    if (!NUMBER.test(value)) return false;
    found ||= value.includes(",");
  }
  return found;
}
