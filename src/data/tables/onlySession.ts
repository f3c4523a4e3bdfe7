/** Tables of studies without sessions, beside images that stand in no CAPS. */
import type { Table } from "./table";

/** What the only session of a participant is called where nothing names one, as Clinica calls it. */
export const ONLY_SESSION = "ses-M000";

/** The table itself where it has a column of sessions; else with one in which every row is of the only session. */
export function withSessions(table: Table): Table {
  if (table.columns.includes("session_id") || !table.columns.includes("participant_id")) return table;
  return {
    ...table,
    columns: [...table.columns, "session_id"],
    rows: table.rows.map((row) => ({ ...row, values: { ...row.values, session_id: ONLY_SESSION } })),
  };
}
