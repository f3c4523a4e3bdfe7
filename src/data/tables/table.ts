/**
 * Tables: labels, splits, cohorts, paths; TSV, or CSV of any country. Values are text, as they stand in the file, without the spaces
 * around them; numbers of a table with semicolons have a point before their decimals, whatever they have in the file.
 */

import { join, parse } from "node:path";
import { idProblems } from "../../experiment/idProblems";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { contentElsewhere, LONGEST_POINTER, unreadable } from "../../experiment/unreadableFile";
import { exists } from "../../files/exists";
import { separatorOf } from "../../files/separator";
import { parseCells, readText } from "../../files/tsv";
import { decimalCommaColumns } from "./decimals";

export interface TableRow {
  /** Line of the file, 1 for the header: what an editor and a spreadsheet call it. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Columns that name an image in every table. */
export const KEYS = ["participant_id", "session_id"] as const;

/**
 * Reads a table of any encoding, separated by tabs, semicolons or commas, with any line ends, with or without pandas' unnamed index
 * column. Throws an InputError.
 */
export async function readTable(file: string): Promise<Table> {
  const text = await readText(file).catch(async (error: unknown) => {
    const other = (await exists(file)) ? undefined : await tableBeside(file);
    throw other === undefined ? await unreadable(file, error) : new InputError([other]);
  });
  if (WORKBOOKS.some((beginning) => text.startsWith(beginning))) throw refuse("table.workbook", { file });
  const elsewhere = contentElsewhere(file, Buffer.from(text.slice(0, LONGEST_POINTER), "latin1"));
  if (elsewhere !== undefined) throw new InputError([elsewhere]);
  return parseTable(file, text);
}

/** How the archive of an `.xlsx` or `.ods` begins, and an `.xls`, read as text. */
const WORKBOOKS = ["PK\u0003\u0004", "\ufffd\ufffd\u0011\u0871"];

/** The table of that name in a folder, as TSV or as CSV; undefined where there is neither. */
export async function tableNamed(folder: string, name: string): Promise<string | undefined> {
  for (const ending of [".tsv", ".csv"]) {
    const file = join(folder, `${name}${ending}`);
    if (await exists(file)) return file;
  }
  return undefined;
}

/** What stands where `file` should, under its name with another ending; undefined where nothing does. */
export async function tableBeside(
  file: string,
  place: { readonly where?: string } = {},
): Promise<Problem | undefined> {
  const { dir, name } = parse(file);
  for (const ending of OTHER_ENDINGS) {
    const other = `${name}${ending}`;
    if (await exists(join(dir, other))) return problem("table.other-ending", { ...place, file }, { other });
  }
  return undefined;
}

const OTHER_ENDINGS = [".csv", ".xlsx", ".xls", ".ods", ".txt", ".tab", ".tsv.gz", ".TSV"];

export function parseTable(file: string, text: string): Table {
  const separator = separatorOf(text);
  const { lines, openQuote } = parseCells(text, separator);
  // What follows would be one long cell, whose rows nobody would miss.
  if (openQuote !== null) throw refuse("table.open-quote", { file, where: `row ${openQuote}` });
  const cells = lines.map((line) => line.map((cell) => cell.trim()));
  const header = cells[0] ?? [];
  const commas: ReadonlySet<number> = separator === ";" ? decimalCommaColumns(cells) : new Set();
  const inPoints = (cell: string, column: number) => (commas.has(column) ? cell.replace(",", ".") : cell);
  const problems = headerProblems(file, header, cells);
  const rows: TableRow[] = [];
  for (let i = 1; i < cells.length; i++) {
    const line = cells[i]!;
    if (line.every((cell) => cell === "")) continue;
    if (line.length !== header.length) {
      const counts = { values: line.length, columns: header.length };
      problems.push(problem("table.row-length", { file, where: `row ${i + 1}` }, counts));
      continue;
    }
    rows.push({
      line: i + 1,
      values: Object.fromEntries(header.map((name, j) => [name, inPoints(line[j] ?? "", j)])),
    });
  }
  if (problems.length > 0) throw new InputError(oneLineACause(problems));
  return { file, columns: [...new Set(header)].filter((name) => name !== ""), rows };
}

/** ClinicaDL writes the label of a group twice: a column that says the same again does no harm. */
function headerProblems(
  file: string,
  header: readonly string[],
  cells: readonly (readonly string[])[],
): Problem[] {
  if (header.every((name) => name === "")) return [problem("table.empty", { file })];
  // Spreadsheets write the empty columns beside a table too.
  const firsts = new Map<string, number>();
  for (const [i, name] of header.entries()) if (!firsts.has(name)) firsts.set(name, i);
  // Rows of another length are told of anyway: comparing cells that they lack would take columns times rows.
  const whole = cells.filter((line) => line.length === header.length);
  const repeated = header.filter((name, i) => {
    const first = firsts.get(name) ?? i;
    return name !== "" && first !== i && whole.some((line) => line[first] !== line[i]);
  });
  return [...new Set(repeated)].map((column) =>
    problem("table.column-repeated", { file, where: "row 1" }, { column }),
  );
}

/** One problem for each of `columns` that the table lacks; one for all where nothing that is known separates its columns. */
export function missingColumns({ file, columns: offered }: Table, columns: readonly string[]): Problem[] {
  const missing = columns.filter((column) => !offered.includes(column));
  const place = { file, where: "row 1" };
  const [only = "", ...others] = offered;
  const separator = others.length === 0 ? SEPARATORS.find((one) => only.includes(one)) : undefined;
  if (missing.length > 0 && separator !== undefined) {
    return [problem("table.not-tabs", place, { separator, header: only })];
  }
  return missing.map((column) => problem("table.column-missing", place, { column, columns: offered }));
}

/** What else programs put between columns. */
const SEPARATORS = ["|", " "] as const;

/**
 * One problem for each row that repeats the participant and session of another, and for each that lacks one, and one for all ids of
 * which no path may be made; none where the columns themselves are missing.
 */
export function keyProblems(table: Table): Problem[] {
  if (missingColumns(table, KEYS).length > 0) return [];
  const first = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { line, values } of table.rows) {
    const place = { file: table.file, where: `row ${line}` };
    const [participant = "", session = ""] = KEYS.map((key) => values[key]);
    if (participant === "" || session === "") {
      const column = participant === "" ? "participant_id" : "session_id";
      problems.push(problem("table.key-empty", place, { column }));
      continue;
    }
    const key = `${participant}\t${session}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, line);
    else {
      const repeated = { session: `${participant} ${session}`, row: earlier };
      problems.push(problem("table.row-repeated", place, repeated));
    }
  }
  const named = table.rows
    .map(({ values }) => ({ participantId: values.participant_id ?? "", sessionId: values.session_id ?? "" }))
    .filter(({ participantId, sessionId }) => participantId !== "" && sessionId !== "");
  return [...problems, ...idProblems(table.file, named)];
}

/**
 * Adds to each row of `table` the `columns` of the row of `other` with the same participant and session, and drops rows
 * that `other` does not know (an inner join, as ClinicaDL's).
 */
export function joinColumns(table: Table, other: Table, columns: readonly string[]): Table {
  const key = ({ values }: TableRow) => KEYS.map((name) => values[name]).join("\t");
  const byKey = new Map(other.rows.map((row) => [key(row), row]));
  const rows = table.rows.flatMap((row) => {
    const match = byKey.get(key(row));
    if (match === undefined) return [];
    const added = columns.map((column) => [column, match.values[column] ?? ""]);
    return [{ line: row.line, values: { ...row.values, ...Object.fromEntries(added) } }];
  });
  return { file: table.file, columns: [...table.columns, ...columns], rows };
}
