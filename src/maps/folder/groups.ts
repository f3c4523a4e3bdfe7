/**
 * `groups/`: which sessions each data group holds. `train` and `validation` have a table for every split of the
 * cross-validation, with the unnamed index column that ClinicaDL's pandas writes there; other groups have one table, without.
 */
import { existsSync } from "node:fs";
import { isRecord } from "../../experiment/file/clinicaDlKeys";
import { parseJsonText } from "../../experiment/file/jsonText";
import { idProblems } from "../../experiment/idProblems";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { type Images, imagesSchema } from "../../experiment/schema/images";
import { writeAtomically } from "../../files/atomicFile";
import { formatRows, parseRecords, readText } from "../../files/tsv";
import { writeFolder } from "../../files/wholeFolder";
import { withReadablePaths } from "./clinicadlPaths";
import { writeJson } from "./json";
import { type GroupPlace, mapsPlace } from "./place";

export interface Session {
  readonly participantId: string;
  readonly sessionId: string;
}

export interface GroupRow extends Session {
  /** Name of the cohort; "single" when there is one. */
  readonly cohort: string;
  /** Value of the label column as it stands in the user's table. */
  readonly label?: string;
}

export interface DataGroup {
  readonly rows: readonly GroupRow[];
  /** Name of the label column; null when the table has none. */
  readonly label: string | null;
  /** "" where the images are those of `images`. */
  readonly capsDirectory: string;
  readonly images?: Images | undefined;
  readonly multiCohort: boolean;
}

/** Somebody of the table of a group whom the networks know, and who was therefore left out of it. */
export interface LeftOutSession extends Session {
  /** `participant`: trained or chosen on that person; `copy`: on the same image under another name. */
  readonly because: "participant" | "copy";
}

/** Writes `data.tsv` and `maps.json` of a group, and `left_out.tsv` where somebody was: all or none. */
export async function writeGroup(
  place: GroupPlace,
  { rows, label, capsDirectory, images, multiCohort }: DataGroup,
  leftOut: readonly LeftOutSession[] = [],
): Promise<void> {
  const indexed = place.split !== undefined;
  const header = ["participant_id", "session_id", "cohort", ...(label === null ? [] : [label])];
  const cells = rows.map((row) => [
    row.participantId,
    row.sessionId,
    row.cohort,
    ...(label === null ? [] : [row.label ?? ""]),
  ]);
  const table = [header, ...cells];
  const withIndex = table.map((row, index) => [index === 0 ? "" : String(index - 1), ...row]);
  await writeFolder(place.folder, async (temporary) => {
    const { dataTsv, mapsJson, leftOutTsv } = place.at(temporary);
    await writeAtomically(dataTsv, formatRows(indexed ? withIndex : table));
    const settings = { caps_directory: capsDirectory, multi_cohort: multiCohort };
    await writeJson(mapsJson, withReadablePaths(images === undefined ? settings : { ...settings, images }));
    if (leftOut.length === 0) return true;
    const without = leftOut.map(({ participantId, sessionId, because }) => [
      participantId,
      sessionId,
      because,
    ]);
    await writeAtomically(leftOutTsv, formatRows([["participant_id", "session_id", "because"], ...without]));
    return true;
  });
}

/** How many people were left out of a group because the networks know them. Throws an InputError where the table is damaged. */
export async function countLeftOut({ leftOutTsv: file }: GroupPlace): Promise<number> {
  if (!existsSync(file)) return 0;
  const { columns, rows } = parseRecords(await readText(file));
  if (!columns.includes("participant_id")) throw refuse("group.no-columns", { file });
  return new Set(rows.map(sessionOf).map(({ participantId }) => participantId)).size;
}

/** Whether a group can be read: a kill of a former version could leave one of its files alone. */
export const isKept = ({ dataTsv, mapsJson }: GroupPlace): boolean =>
  existsSync(dataTsv) && existsSync(mapsJson);

/** Reads a group of Gyrus or ClinicaDL. Throws an InputError when it is not there or has not the columns of a group. */
export async function readGroup({ group, dataTsv: file, mapsJson }: GroupPlace): Promise<DataGroup> {
  const { columns, rows } = parseRecords(await readGroupFile(file, group));
  if (!columns.includes("participant_id") || !columns.includes("session_id")) {
    throw refuse("group.no-columns", { file });
  }
  const known = ["", "participant_id", "session_id", "cohort"];
  const label = columns.find((column) => !known.includes(column)) ?? null;
  refuseIds(file, rows.map(sessionOf));
  const settings = await readSettings(mapsJson, group);
  const capsDirectory = isRecord(settings) ? settings.caps_directory : undefined;
  return {
    rows: rows.map((row) => ({
      ...sessionOf(row),
      cohort: row.cohort ?? "single",
      ...(label === null ? {} : { label: row[label] ?? "" }),
    })),
    label,
    capsDirectory: typeof capsDirectory === "string" ? capsDirectory : "",
    images: isRecord(settings) ? imagesSchema.safeParse(settings.images).data : undefined,
    multiCohort: isRecord(settings) && settings.multi_cohort === true,
  };
}

/** Sessions that the networks of this MAPS may have seen: nobody of them may be in a test group. */
export async function writeTrainValidation(maps: string, sessions: readonly Session[]): Promise<void> {
  const cells = sessions.map((session) => [session.participantId, session.sessionId]);
  await writeAtomically(
    mapsPlace(maps).trainValidationTsv,
    formatRows([["participant_id", "session_id"], ...cells]),
  );
}

export async function readTrainValidation(maps: string): Promise<Session[]> {
  const { rows } = parseRecords(await readGroupFile(mapsPlace(maps).trainValidationTsv, "train+validation"));
  return rows.map(sessionOf);
}

const sessionOf = (row: Readonly<Record<string, string>>): Session => ({
  participantId: row.participant_id ?? "",
  sessionId: row.session_id ?? "",
});

/** Images are looked up by these ids, and files named after them. */
function refuseIds(file: string, sessions: readonly Session[]): void {
  const problems = idProblems(file, sessions);
  if (problems.length > 0) throw new InputError(problems);
}

/** Each session once, in the order in which they come first. */
export function uniqueSessions(sessions: readonly Session[]): Session[] {
  const unique = new Map(
    sessions.map(({ participantId, sessionId }) => [
      `${participantId}\t${sessionId}`,
      { participantId, sessionId },
    ]),
  );
  return [...unique.values()];
}

async function readSettings(file: string, group: string): Promise<unknown> {
  const text = await readGroupFile(file, group);
  try {
    return parseJsonText(text);
  } catch {
    throw refuse("group.settings", { file }, { group });
  }
}

async function readGroupFile(file: string, group: string): Promise<string> {
  try {
    return await readText(file);
  } catch {
    throw refuse("group.unreadable", { file }, { group });
  }
}
