/** Rows by participant: what splits are made of. */
import { dirname } from "node:path";
import { warning } from "../../experiment/problems/makeProblem";
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { joinLabels, nearestLabels } from "../plan/rows";
import { KEYS, keyProblems, missingColumns, readTable, type Table } from "../tables/table";
import { findColumn } from "./columns";
import { type Row, rowsByPerson } from "./sessionKeys";
import { compareSessions } from "./sessionOrder";

export interface Participant {
  readonly id: string;
  /** In the order of time, as far as their session_id tells; the first is the baseline. */
  readonly sessions: readonly Row[];
  readonly baseline: Row;
}

export interface SessionTable {
  readonly file: string;
  /** Columns of the file itself: what is written back. */
  readonly columns: readonly string[];
  /** With the joined columns. */
  readonly table: Table;
  readonly participants: readonly Participant[];
  /** Rows that are left out: repeated ones, and those of which no table tells what is asked. */
  readonly warnings: readonly Problem[];
}

/**
 * Reads a table of sessions. Columns that `words` ask for and that it lacks (age, sex, diagnosis) come from the nearest labels.tsv
 * above it. Participants are sorted by name, their sessions by time; repeated rows count once. Throws an InputError.
 */
export async function readSessions(file: string, words: readonly string[]): Promise<SessionTable> {
  const own = await readTable(file);
  const keys = missingColumns(own, KEYS);
  if (keys.length > 0) throw new InputError(keys);
  const distinct = withoutRepeats(own);
  const problems = keyProblems(distinct);
  if (problems.length > 0) throw new InputError(oneLineACause(problems));
  const repeated = own.rows.length - distinct.rows.length;
  const warnings: Problem[] =
    repeated === 0 ? [] : [warning("table.rows-counted-once", { file }, { repeated, rows: own.rows.length })];
  const table = await withWords(distinct, words, warnings);
  return { file, columns: own.columns, table, participants: byParticipant(table), warnings };
}

async function withWords(table: Table, words: readonly string[], warnings: Problem[]): Promise<Table> {
  const absent = words.filter((word) => findColumn(table.columns, word) === undefined);
  const labels = absent.length === 0 ? undefined : await nearestLabels(table);
  if (labels === undefined) return table;
  const found = absent
    .map((word) => findColumn(labels.columns, word))
    .filter((column) => column !== undefined);
  return joinLabels(table, labels, found, warnings);
}

function withoutRepeats(table: Table): Table {
  const seen = new Set<string>();
  const rows = table.rows.filter(({ values }) => {
    const text = JSON.stringify(values);
    const fresh = !seen.has(text);
    seen.add(text);
    return fresh;
  });
  return { ...table, rows };
}

function byParticipant({ rows }: Table): Participant[] {
  return [...rowsByPerson(rows.map(({ values }) => values))]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, sessions]) => {
      const sorted = sessions.toSorted((a, b) => compareSessions(a.session_id ?? "", b.session_id ?? ""));
      return { id, sessions: sorted, baseline: sorted[0]! };
    });
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The folder in which the results stand, beside the table. */
export const besideTable = ({ file }: SessionTable) => dirname(file);
