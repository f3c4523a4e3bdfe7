/** Sessions of a table by their names, each looked up in one step: tables hold tens of thousands. */

export type Row = Readonly<Record<string, string>>;

/** Participant and session as one key. */
export const keyOf = (row: Row): string => `${row.participant_id}\t${row.session_id}`;

/** The keys that stand exactly once. */
export function standingOnce(keys: readonly string[]): ReadonlySet<string> {
  const once = new Set<string>();
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) once.delete(key);
    else once.add(key);
    seen.add(key);
  }
  return once;
}

/** Rows by participant, in their order. */
export function rowsByPerson(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const people = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row.participant_id ?? "";
    const own = people.get(id);
    if (own === undefined) people.set(id, [row]);
    else own.push(row);
  }
  return people;
}
