import { refuse } from "../../experiment/problems/makeProblem";
import type { Table } from "../tables/table";

/** The column for `word`: of that name, else the shortest whose name contains it, without regard to case (ClinicaDL's rule). */
export function findColumn(columns: readonly string[], word: string): string | undefined {
  if (columns.includes(word)) return word;
  return columns
    .filter((column) => column.toLowerCase().includes(word.toLowerCase()))
    .reduce<string | undefined>(
      (shortest, column) => (shortest === undefined || column.length < shortest.length ? column : shortest),
      undefined,
    );
}

/** As `findColumn`; throws an InputError when there is none. */
export function requireColumn(table: Table, word: string): string {
  const column = findColumn(table.columns, word);
  if (column !== undefined) return column;
  const { file, columns } = table;
  throw refuse("table.no-column-for", { file, where: "row 1" }, { word, columns });
}
