/** Whether rows and columns of a table of counts go together: sex and class, site and class. */
import { chiSquared } from "../association";
import { chiSquaredAbove } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";

export interface TableTest {
  readonly test: "chi-squared" | "chi-squared-yates";
  readonly statistic: number;
  readonly freedom: number;
  readonly p: number;
}

/**
 * Pearson's chi-squared of a table of counts. `corrected` brings each count of a table of two by two nearer to what is expected by half
 * (F. Yates, 1934), but not past it. Undefined where fewer than two rows or columns hold anybody.
 */
export function tableTest(table: readonly (readonly number[])[], corrected = false): Figure<TableTest> {
  const plain = chiSquared(table);
  const { freedom, rows, columns } = plain;
  if (rows < 2 || columns < 2) return undefinedBecause(plain.all === 0 ? "no-cases" : "no-variance");
  const isYates = corrected && freedom === 1;
  const statistic = isYates ? yates(table) : plain.statistic;
  return {
    test: isYates ? "chi-squared-yates" : "chi-squared",
    statistic,
    freedom,
    p: chiSquaredAbove(statistic, freedom),
  };
}

function yates(table: readonly (readonly number[])[]): number {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const rows = table.map(sum);
  const columns = table[0]!.map((_, j) => sum(table.map((row) => row[j]!)));
  const all = sum(rows);
  return sum(
    table.flatMap((row, i) =>
      row.map((count, j) => {
        const expected = (rows[i]! * columns[j]!) / all;
        if (expected === 0) return 0;
        const gap = Math.abs(count - expected);
        return (gap - Math.min(0.5, gap)) ** 2 / expected;
      }),
    ),
  );
}

/** Cramer's V as it was published (1946): sqrt(chi-squared / (n (min(rows, columns) - 1))), 0 to 1, too large in small groups. */
export function plainCramersV(table: readonly (readonly number[])[]): Figure {
  const { statistic, rows, columns, all } = chiSquared(table);
  if (rows < 2 || columns < 2) return undefinedBecause(all === 0 ? "no-cases" : "no-variance");
  return Math.sqrt(statistic / (all * (Math.min(rows, columns) - 1)));
}
