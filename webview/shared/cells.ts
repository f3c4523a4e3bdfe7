import type { TemplateResult } from "lit";

/** Value of a table cell; null for none. */
export type Cell = number | string | null;

export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly title?: string;
  readonly align: "start" | "end";
  /** Width in units of the font's digit. */
  readonly width: number;
  readonly value: (row: number) => Cell;
  readonly format: (value: Cell) => string;
  /** What is drawn of a row that has no value, where there is more to say than that. */
  readonly instead?: (row: number) => TemplateResult | string | null;
  /** Whether the cell of a row is another than it is compared with: drawn with a sign and a colour. */
  readonly differs?: (row: number) => boolean;
}

/** By which column a table is sorted. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Made once: to make one for each of the comparisons of thousands of rows takes longer than to compare. */
const inOrder = new Intl.Collator(undefined, { numeric: true });

/** Numbers by value, texts by the language; what has no value comes last whichever way is sorted. */
export function compareCells(a: Cell, b: Cell, sign: 1 | -1): number {
  const missing = (cell: Cell) => cell === null || (typeof cell === "number" && Number.isNaN(cell));
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * inOrder.compare(String(a), String(b));
}
