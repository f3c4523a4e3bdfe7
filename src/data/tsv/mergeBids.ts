/** What a BIDS tells of its sessions: participants.tsv, and `sub-*_sessions.tsv` where there are some. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { exists } from "../../files/exists";
import { mapLimited } from "../batches/collect";
import { missingColumns, readTable, type Table, type TableRow } from "../tables/table";

/**
 * One row a session: columns of participants.tsv and of the participant's sessions.tsv, which has the last word. Without a
 * sessions.tsv the sessions are the folders `ses-*`. Throws an InputError.
 */
export async function mergeBids(bids: string): Promise<Table> {
  const file = join(bids, "participants.tsv");
  if (!(await exists(file))) throw refuse("bids.no-participants", { file: bids });
  const participants = await readTable(file);
  const problems = missingColumns(participants, ["participant_id"]);
  if (problems.length > 0) throw new InputError(problems);
  const sessions = await mapLimited(participants.rows, 32, (row) => sessionsOf(bids, row));
  const rows = participants.rows.flatMap(({ line, values }, i) =>
    (sessions[i] ?? []).map((session) => ({ line, values: { ...values, ...session } })),
  );
  const columns = new Set([
    "participant_id",
    "session_id",
    ...participants.columns,
    ...sessions.flat().flatMap((session) => Object.keys(session)),
  ]);
  const complete = rows.map(({ line, values }) => ({
    line,
    values: Object.fromEntries([...columns].map((column) => [column, values[column] ?? ""])),
  }));
  return { file, columns: [...columns], rows: complete };
}

async function sessionsOf(bids: string, { values }: TableRow): Promise<Readonly<Record<string, string>>[]> {
  const id = values.participant_id ?? "";
  const file = join(bids, id, `${id}_sessions.tsv`);
  if (await exists(file)) {
    const table = await readTable(file);
    const problems = missingColumns(table, ["session_id"]);
    if (problems.length > 0) throw new InputError(problems);
    return table.rows.map((row) => row.values);
  }
  const folders = await readdir(join(bids, id)).catch(() => []);
  return folders
    .filter((name) => name.startsWith("ses-"))
    .sort()
    .map((session_id) => ({ session_id }));
}
