/** What a BIDS tells of its sessions: participants.tsv, and `sub-*_sessions.tsv` where there are some. */
import { join } from "node:path";
import { problem, refuse, remark, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { exists } from "../../files/exists";
import { namesIn } from "../../files/reader";
import { mapLimited } from "../batches/collect";
import { type Difference, differenceWords, spellings } from "../tables/idSpelling";
import { ONLY_SESSION } from "../tables/onlySession";
import { missingColumns, readTable, type Table, type TableRow } from "../tables/table";
import type { Row } from "./sessionKeys";

export interface MergedBids {
  readonly table: Table;
  /** Ids that were spelt otherwise, participants without a folder, sessions without one. */
  readonly warnings: readonly Problem[];
}

/**
 * One row a session: columns of participants.tsv and of the participant's sessions.tsv, which has the last word. Without a
 * sessions.tsv the sessions are the folders `ses-*`; where there are none, there is one, `ses-M000`. Ids that are spelt otherwise than
 * the folders are taken for those that they can mean only. Throws an InputError.
 */
export async function mergeBids(bids: string): Promise<MergedBids> {
  const file = join(bids, "participants.tsv");
  if (!(await exists(file))) throw refuse("bids.no-participants", { file: bids });
  const participants = await readTable(file);
  const problems = missingColumns(participants, ["participant_id"]);
  if (problems.length > 0) throw new InputError(problems);
  const folders = (await namesIn(bids)).filter((name) => name.startsWith("sub-")).sort();
  const people = withFolders(participants.rows, folders);
  const warnings = idProblems(file, people, folders);
  const found = await mapLimited(people, 32, (person) => sessionsOf(bids, person));
  warnings.push(...sessionlessProblems(file, people, found));
  const rows = people.flatMap(({ row: { line, values }, folder }, i) =>
    (found[i]?.sessions ?? []).map((session) => ({
      line,
      values: { ...values, ...session, participant_id: folder ?? "" },
    })),
  );
  const columns = new Set([
    "participant_id",
    "session_id",
    ...participants.columns,
    ...found.flatMap(({ sessions }) => sessions.flatMap((session) => Object.keys(session))),
  ]);
  const complete = rows.map(({ line, values }: TableRow) => ({
    line,
    values: Object.fromEntries([...columns].map((column) => [column, values[column] ?? ""])),
  }));
  return { table: { file, columns: [...columns], rows: complete }, warnings };
}

/** A row of participants.tsv with the folder that it means. */
interface Person {
  readonly row: TableRow;
  readonly id: string;
  /** Undefined where there is none. */
  readonly folder: string | undefined;
  readonly differences: readonly Difference[];
}

function withFolders(rows: readonly TableRow[], folders: readonly string[]): Person[] {
  const meant = spellings(folders);
  return rows.map((row) => {
    const id = row.values.participant_id ?? "";
    const folder = meant(id);
    return { row, id, folder: folder?.id, differences: folder?.differences ?? [] };
  });
}

/** Throws an InputError where no id meets a folder. */
function idProblems(file: string, people: readonly Person[], folders: readonly string[]): Problem[] {
  const strangers = people.filter(({ folder }) => folder === undefined);
  const [stranger] = strangers;
  if (stranger !== undefined && strangers.length === people.length) {
    const values = { people: people.length, here: stranger.id, there: folders[0] };
    throw new InputError([problem("ids.none-in-bids", { file }, values)]);
  }
  const spelt = people.filter(({ differences }) => differences.length > 0);
  const causes = new Map(spelt.map(({ differences }) => [differences.join(), differences]));
  return [
    ...[...causes.values()].map((differences) => {
      const own = spelt.filter((person) => person.differences.join() === differences.join());
      const counts = { count: own.length, people: people.length };
      const example = { here: own[0]?.id, there: own[0]?.folder };
      return warning(
        "ids.otherwise-in-bids",
        { file },
        { ...counts, ...example, difference: differenceWords(differences) },
      );
    }),
    ...(strangers.length === 0
      ? []
      : [
          warning(
            "bids.no-folder",
            { file },
            { count: strangers.length, people: people.length, names: some(strangers.map(({ id }) => id)) },
          ),
        ]),
  ];
}

interface PersonSessions {
  readonly sessions: readonly Row[];
  /** The images lie in the folder of the person. */
  readonly withoutFolders: boolean;
}

async function sessionsOf(bids: string, { folder }: Person): Promise<PersonSessions> {
  if (folder === undefined) return { sessions: [], withoutFolders: false };
  const names = await namesIn(join(bids, folder)).catch(() => []);
  const folders = names.filter((name) => name.startsWith("ses-")).sort();
  const file = join(bids, folder, `${folder}_sessions.tsv`);
  if (await exists(file)) {
    const table = await readTable(file);
    const problems = missingColumns(table, ["session_id"]);
    if (problems.length > 0) throw new InputError(problems);
    const meant = spellings(folders);
    const sessions = table.rows.map(({ values }) => {
      const session_id = values.session_id ?? "";
      return { ...values, session_id: meant(session_id)?.id ?? session_id };
    });
    return { sessions, withoutFolders: false };
  }
  return folders.length > 0 || names.length === 0
    ? { sessions: folders.map((session_id) => ({ session_id })), withoutFolders: false }
    : { sessions: [{ session_id: ONLY_SESSION }], withoutFolders: true };
}

function sessionlessProblems(
  file: string,
  people: readonly Person[],
  found: readonly PersonSessions[],
): Problem[] {
  const names = people.flatMap(({ folder = "" }, i) => (found[i]?.withoutFolders === true ? [folder] : []));
  if (names.length === 0) return [];
  const values = { count: names.length, people: people.length, session: ONLY_SESSION, names: some(names) };
  return [remark("bids.no-sessions", { file }, values)];
}
