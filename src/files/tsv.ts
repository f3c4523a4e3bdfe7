/**
 * Tables of tab-separated values: those that the user brings, and those of a CAPS, a MAPS and tsvtools. Cells are text as it stands;
 * what a table must hold is for those to say who ask for it.
 */
import Papa from "papaparse";
import { readWhole, withFile } from "./reader";
import type { Separator } from "./separator";

export interface Cells {
  /** Every line of the file, empty ones too: the first is line 1 of an editor and a spreadsheet. */
  readonly lines: readonly (readonly string[])[];
  /** The line in which a quotation mark begins a value that none ends: what follows would be one long cell. Null without. */
  readonly openQuote: number | null;
}

/** The text of a table: UTF-8 with or without BOM, or UTF-16 with one (the "Unicode text" of Excel). Rejects as `readWhole` does. */
export async function readText(file: string): Promise<string> {
  return decoded(await readWhole(file, "table"));
}

const FIRST_BYTES = 16_384;

/** The first whole lines of it, as many as 16 KiB hold: all of a table that is smaller. Rejects as `readWhole` does. */
export async function readFirstLines(file: string): Promise<string> {
  const bytes = await withFile(file, async ({ read }) => await read(0, FIRST_BYTES));
  const text = decoded(bytes);
  return bytes.length < FIRST_BYTES ? text : text.slice(0, text.lastIndexOf("\n") + 1);
}

function decoded(bytes: Uint8Array): string {
  const mark = bytes.length < 2 ? 0 : bytes[0]! * 256 + bytes[1]!;
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** Cells of a table with line ends of any system. */
export function parseCells(text: string, delimiter: Separator = "\t"): Cells {
  // The parser takes the first line end for that of all lines.
  const lines = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter, newline: "\n" });
  const open = errors.find(({ type }) => type === "Quotes");
  return { lines: data, openQuote: open === undefined ? null : (open.row ?? 0) + 1 };
}

/** The lines that are not empty, for tables that a program wrote. A row of empty cells is one of missing values. */
export function parseRows(text: string): (readonly string[])[] {
  return parseCells(text).lines.filter((line) => line.length > 1 || line[0] !== "");
}

/** Rows by the names of the header, for tables that a program wrote; a cell that a row lacks is left out. */
export function parseRecords(text: string): {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
} {
  const [columns = [], ...rows] = parseRows(text);
  return {
    columns,
    rows: rows.map((row) =>
      // Not those that it lacks: under a long header short rows would make far more cells than the file has.
      Object.fromEntries(row.slice(0, columns.length).map((cell, index) => [columns[index] ?? "", cell])),
    ),
  };
}

/** A table as pandas writes it: tabs, one line feed a row, quotation marks around what would be read otherwise. */
export function formatRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quoted).join("\t")}\n`).join("");
}

/** As `formatRows`, with the header before rows by its names; a cell that a row lacks is empty. */
export function formatRecords(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string {
  return formatRows([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))]);
}

const quoted = (cell: string) => (/[\t"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
