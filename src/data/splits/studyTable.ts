/** Any table of people as one of sessions: whatever its columns of ids are called, with or without sessions. */
import { refuse, remark } from "../../experiment/problems/makeProblem";
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { type FlowSession, type LeftOut, leftOutBy } from "../../statistics/dataFlow";
import type { Session } from "../sources/imageSource";
import { spellings } from "../tables/idSpelling";
import { ONLY_SESSION } from "../tables/onlySession";
import { sessionName, sessionSpellings } from "../tables/sessionIds";
import { KEYS, keyProblems, missingColumns, readTable, type Table, type TableRow } from "../tables/table";

export interface StudyTable {
  /** With participant_id and session_id. */
  readonly table: Table;
  readonly warnings: readonly Problem[];
  /** Rows whose image is not there, where it was looked for. */
  readonly leftOut: readonly LeftOut[];
}

export interface IdColumns {
  /** Undefined: the column is known by its name. */
  readonly participant?: string | undefined;
  readonly session?: string | undefined;
}

/** Names of columns without `_`, `-` and spaces, the usual first. */
const PARTICIPANTS = [
  "participantid",
  "participant",
  "subjectid",
  "subject",
  "subid",
  "sub",
  "patientid",
  "patient",
  "ptid",
  "id",
];
const SESSIONS = ["sessionid", "session", "sesid", "ses", "visitid", "visit", "viscode", "timepoint"];

/**
 * Reads a table of people or sessions. Where `images` are given, a row is one of its sessions by the ids of that image, however the table
 * spells them; a row without a session stands for all images of the person, and rows without an image are left out. Throws an InputError.
 */
export async function readStudyTable(
  file: string,
  ids: IdColumns,
  images: readonly Session[] | null,
): Promise<StudyTable> {
  const { table, isOfPeople } = withIds(await readTable(file), ids);
  const problems = keyProblems(table);
  if (problems.length > 0) throw new InputError(oneLineACause(problems));
  return images === null ? { table, warnings: [], leftOut: [] } : withImages(table, isOfPeople, images);
}

/**
 * The same table with participant_id and session_id, whatever its columns of ids are called; every row is of the only session where it has
 * no sessions. Throws an InputError where no column names people.
 */
export function withIds(
  read: Table,
  ids: IdColumns = {},
): { readonly table: Table; readonly isOfPeople: boolean } {
  const { file } = read;
  const participant = idColumn(read, "participant", PARTICIPANTS, ids.participant);
  const session = idColumn(read, "session", SESSIONS, ids.session);
  if (participant === undefined) {
    throw refuse("splits.no-participants", { file, where: "row 1" }, { columns: read.columns });
  }
  const named = read.rows.map(({ line, values }) => ({
    line,
    values: {
      ...values,
      participant_id: values[participant] ?? "",
      session_id: session === undefined ? ONLY_SESSION : (values[session] ?? ""),
    },
  }));
  const keys: readonly string[] = KEYS;
  const used = [participant, session, ...keys];
  const columns = [...keys, ...read.columns.filter((column) => !used.includes(column))];
  return { table: { file, columns, rows: named }, isOfPeople: session === undefined };
}

/** The column that names people; undefined where none does by its name. */
export const participantColumn = (table: Table) => idColumn(table, "participant", PARTICIPANTS, undefined);

/** The column that is asked for; else the first of `names` that the table has. Throws an InputError for one that is asked and not there. */
function idColumn(
  table: Table,
  what: "participant" | "session",
  names: readonly string[],
  asked: string | undefined,
) {
  if (asked !== undefined) {
    const missing = missingColumns(table, [asked]);
    if (missing.length > 0) throw new InputError(missing);
    return asked;
  }
  const plain = (column: string) => column.toLowerCase().replace(/[_\-\s]/g, "");
  const [found] = names.flatMap((name) => table.columns.filter((column) => plain(column) === name));
  return table.columns.includes(`${what}_id`) ? `${what}_id` : found;
}

function withImages(table: Table, isOfPeople: boolean, images: readonly Session[]): StudyTable {
  const meant = isOfPeople ? imagesOfPeople(images) : imageOfSession(images);
  const left: FlowSession[] = [];
  const otherwise: string[] = [];
  const rows = table.rows.flatMap(({ line, values }): TableRow[] => {
    const here = { participantId: values.participant_id ?? "", sessionId: values.session_id ?? "" };
    const name = isOfPeople ? here.participantId : sessionName(here);
    const there = meant(here);
    if (there.length === 0) left.push({ person: here.participantId, name });
    if (there.some((image) => name !== (isOfPeople ? image.participantId : sessionName(image))))
      otherwise.push(name);
    return there.map(({ participantId, sessionId }) => ({
      line,
      values: { ...values, participant_id: participantId, session_id: sessionId },
    }));
  });
  const { file } = table;
  if (rows.length === 0) {
    const examples = { here: table.rows[0]?.values.participant_id, there: images[0]?.participantId };
    throw refuse("splits.no-images", { file }, { rows: table.rows.length, ...examples });
  }
  const counts = { count: otherwise.length, rows: table.rows.length, names: some(otherwise) };
  return {
    table: { ...table, rows },
    warnings: otherwise.length === 0 ? [] : [remark("splits.ids-of-images", { file }, counts)],
    leftOut: leftOutBy(left.map((one) => ({ ...one, reason: "no-image" }))),
  };
}

function imageOfSession(images: readonly Session[]): (session: Session) => readonly Session[] {
  const meant = sessionSpellings(images);
  return (session) => {
    const image = meant(session);
    return image === null ? [] : [image];
  };
}

function imagesOfPeople(images: readonly Session[]): (session: Session) => readonly Session[] {
  const byPerson = new Map<string, Session[]>();
  for (const image of images) {
    const own = byPerson.get(image.participantId);
    if (own === undefined) byPerson.set(image.participantId, [image]);
    else own.push(image);
  }
  const person = spellings([...byPerson.keys()]);
  return ({ participantId }) => byPerson.get(person(participantId)?.id ?? "") ?? [];
}
