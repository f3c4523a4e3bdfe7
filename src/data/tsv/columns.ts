import { refuse } from "../../experiment/problems/makeProblem";
import type { Table } from "../tables/table";

/**
 * The column for `word`: of that name, whatever its case; else the shortest whose name contains it (ClinicaDL's rule), as a word of its
 * own where there is one (`age_bl` before `image`); of equally long ones the first by name, whatever their order in the table.
 */
export function findColumn(columns: readonly string[], word: string): string | undefined {
  if (columns.includes(word)) return word;
  const lower = word.toLowerCase();
  const rank = (column: string) => {
    const name = column.toLowerCase();
    return name === lower ? 0 : name.split(/[^a-z0-9]+/).includes(lower) ? 1 : 2;
  };
  const [best] = columns
    .filter((column) => column.toLowerCase().includes(lower))
    .sort((a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1));
  return best;
}

/** As `findColumn`; throws an InputError when there is none. */
export function requireColumn(table: Table, word: string): string {
  const column = findColumn(table.columns, word);
  if (column !== undefined) return column;
  const { file, columns } = table;
  throw refuse("table.no-column-for", { file, where: "row 1" }, { word, columns });
}
