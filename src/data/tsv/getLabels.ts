/** `tsvtools get-labels`: from all that is known of a cohort to the sessions and labels of a study. */

import { join } from "node:path";
import { refuse } from "../../experiment/problems/makeProblem";
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { either } from "../../experiment/problems/phrases";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { writeAtomically } from "../../files/atomicFile";
import { exists } from "../../files/exists";
import { formatRecords, readText } from "../../files/tsv";
import { writeFolder } from "../../files/wholeFolder";
import {
  type FlowSession,
  type LeftOut,
  type LeftOutReason,
  type LeftOutSession,
  leftOutBy,
} from "../../statistics/dataFlow";
import { append } from "../batches/collect";
import { isMissing } from "../tables/missing";
import { columnSpellings } from "../tables/spellings";
import { KEYS, keyProblems, missingColumns, readTable, type Table } from "../tables/table";
import { completeDiagnoses } from "./diagnoses";
import { chooseColumns, codedDemographics, codingRemarks } from "./labelColumns";
import { type MergedBids, mergeBids } from "./mergeBids";
import { type Presence, presenceFromBids, presenceFromTables } from "./modalities";
import { keyOf, type Row, rowsByPerson, standingOnce } from "./sessionKeys";
import { compareSessions, isMonth } from "./sessionOrder";
import { writeRecord } from "./subsets";

export interface GetLabelsOptions {
  /** BIDS folder, or a table of sessions in its place. */
  readonly source: string;
  /** Where labels.tsv goes; a `merged.tsv` and a folder `missing_mods` in it are read, as ClinicaDL reads those of Clinica. */
  readonly outputFolder: string;
  readonly mergedTsv?: string | undefined;
  readonly missingMods?: string | undefined;
  readonly diagnoses: readonly string[];
  /** Sessions without this image are left out; null keeps all. `t1w`, `flair`, `pet_trc-18FFDG`, ... */
  readonly modality: string | null;
  /** Table of sessions to which the study is restricted. */
  readonly restrictionTsv?: string | undefined;
  /** The column of the diagnosis; undefined where it is found by its name. */
  readonly diagnosisColumn?: string | undefined;
  /** Other columns to keep. */
  readonly variablesOfInterest: readonly string[];
  /** Keep participants with subjective memory complaints. */
  readonly keepSmc: boolean;
  /** Leave out participants with one session. */
  readonly removeUniqueSession: boolean;
  /** Take the place of a labels.tsv that says something else. */
  readonly overwrite: boolean;
  /** Kept in labels.json only. */
  readonly capsDirectory?: string | undefined;
}

/** ClinicaDL's. */
export const GET_LABELS_DEFAULTS = {
  diagnoses: ["AD", "CN"],
  modality: "t1w",
  variablesOfInterest: [],
  keepSmc: false,
  removeUniqueSession: false,
  overwrite: false,
} as const;

export interface GetLabelsOutcome {
  readonly labels: string;
  readonly sessions: number;
  readonly participants: number;
  /** Sessions of each diagnosis. */
  readonly diagnoses: Readonly<Record<string, number>>;
  /** Sessions whose diagnosis no table tells: it follows from ADNI's changes, or from those before and after. */
  readonly inferred: readonly string[];
  /** Sessions of the table that are not among them, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Ids, ages and sexes that were taken otherwise than they stand. */
  readonly warnings: readonly Problem[];
}

/**
 * Writes `labels.tsv` (participant_id, session_id, age, sex, diagnosis, variables of interest) and `labels.json`.
 * Throws an InputError: tables that cannot be read, columns that are missing, diagnoses that differ by case only, a study without
 * sessions, a labels.tsv that says something else.
 */
export async function getLabels(options: GetLabelsOptions): Promise<GetLabelsOutcome> {
  const { table, mergedTsv, warnings } = await knownSessions(options);
  const columns = chooseColumns(table, options.variablesOfInterest, options.diagnosisColumn);
  const { presence, folder: missingMods } = await presenceOf(options, table);
  const restriction = await readRestriction(options.restrictionTsv);

  const misspelt = columnSpellings(table, columns.diagnosis, options.diagnoses);
  if (misspelt.length > 0) throw new InputError(misspelt);

  const left: LeftOutSession[] = [];
  const keep = (all: readonly Row[], reason: LeftOutReason, takes: (row: Row) => boolean): Row[] => {
    const taken: Row[] = [];
    for (const row of all) {
      if (takes(row)) taken.push(row);
      else left.push({ ...asSession(row), reason });
    }
    return taken;
  };
  let rows = keep(
    table.rows.map(({ values }) => values),
    "no-visit",
    visitIn(table),
  );
  if (!options.keepSmc) rows = keep(rows, "memory-complaints", (row) => !hasComplaints(row));
  if (options.removeUniqueSession) {
    const people = rowsByPerson(rows);
    rows = keep(
      rows,
      "one-session",
      ({ participant_id = "" }) => (people.get(participant_id)?.length ?? 0) > 1,
    );
  }
  const unknown = new Set(rows.filter((row) => isMissing(row[columns.diagnosis])).map(keyOf));
  const complete = new Map(completeDiagnoses(rows, columns.diagnosis).map((row) => [keyOf(row), row]));
  rows = keep(rows, "no-diagnosis", (row) => complete.has(keyOf(row)));
  rows = rows.map((row) => complete.get(keyOf(row)) ?? row);
  rows = keep(rows, "other-diagnosis", (row) => options.diagnoses.includes(row[columns.diagnosis] ?? ""));
  rows = keep(rows, "no-image", presence);
  if (restriction !== null) {
    const held = standingOnce(restriction);
    rows = keep(rows, "outside-restriction", (row) => held.has(keyOf(row)));
  }
  rows.sort(byParticipantAndSession);
  if (rows.length === 0) throw nothingLeft(table, columns.diagnosis, options);

  const labels = join(options.outputFolder, "labels.tsv");
  const text = formatRecords(
    columns.kept,
    rows.map((row) => ({ ...codedDemographics(row, columns), diagnosis: row[columns.diagnosis] ?? "" })),
  );
  if (!options.overwrite) await refuseToChange(labels, text);
  await writeFolder(options.outputFolder, async (temporary) => {
    await writeRecord(join(temporary, "labels.json"), recordOf(options, mergedTsv, missingMods));
    await writeAtomically(join(temporary, "labels.tsv"), text);
    return true;
  });
  const diagnoses = rows.map((row) => row[columns.diagnosis] ?? "");
  return {
    labels,
    sessions: rows.length,
    participants: new Set(rows.map((row) => row.participant_id)).size,
    diagnoses: Object.fromEntries(
      options.diagnoses.map((name) => [name, diagnoses.filter((other) => other === name).length]),
    ),
    inferred: rows.filter((row) => unknown.has(keyOf(row))).map((row) => asSession(row).name),
    leftOut: leftOutBy(left),
    warnings: [...warnings, ...codingRemarks(table, columns, rows)],
  };
}

interface KnownSessions extends MergedBids {
  /** Null where the BIDS itself was read. */
  readonly mergedTsv: string | null;
}

const asSession = (row: Row): FlowSession => ({
  person: row.participant_id ?? "",
  name: `${row.participant_id} ${row.session_id}`,
});

/** Somebody may have edited the table that stands there, or made it of other data. */
async function refuseToChange(labels: string, text: string): Promise<void> {
  if (!(await exists(labels))) return;
  const before = await readText(labels);
  if (before === text) return;
  const lines = (all: string) => new Set(all.split(/\r?\n/).filter((line) => line !== ""));
  const [then, now] = [lines(before), lines(text)];
  const gone = [...then].filter((line) => !now.has(line)).length;
  const added = [...now].filter((line) => !then.has(line)).length;
  throw refuse("labels.would-change", { file: labels }, { gone, added });
}

/** The table that was given, Clinica's merged.tsv in the output folder, or what the BIDS itself tells. */
async function knownSessions(options: GetLabelsOptions): Promise<KnownSessions> {
  const sourceIsTable = options.source.toLowerCase().endsWith(".tsv");
  const inOutput = join(options.outputFolder, "merged.tsv");
  const given = options.mergedTsv ?? (sourceIsTable ? options.source : undefined);
  const mergedTsv = given ?? ((await exists(inOutput)) ? inOutput : null);
  const { table, warnings } =
    mergedTsv === null
      ? await mergeBids(options.source)
      : { table: await readTable(mergedTsv), warnings: [] };
  const problems: Problem[] = missingColumns(table, KEYS);
  if (problems.length === 0) append(problems, keyProblems(table));
  if (problems.length > 0) throw new InputError(oneLineACause(problems));
  return { table, mergedTsv, warnings };
}

/** Where ADNI notes subjective memory complaints. */
const hasComplaints = (row: Row) => row.diagnosis_bl === "SMC" || row.diagnosis_sc === "SMC";

/** Where a study names visits as Clinica does (`ses-M006`), its other sessions are none, as in ClinicaDL; else all are visits. */
function visitIn({ rows }: Table): (row: Row) => boolean {
  const named = rows.some(({ values }) => isMonth(values.session_id ?? ""));
  return ({ session_id = "" }) => (named ? isMonth(session_id) : session_id !== "");
}

function byParticipantAndSession(a: Row, b: Row): number {
  const [left = "", right = ""] = [a.participant_id, b.participant_id];
  if (left !== right) return left < right ? -1 : 1;
  return compareSessions(a.session_id ?? "", b.session_id ?? "");
}

/** Who has the image: Clinica's tables of missing modalities, the files of the BIDS, or everyone. */
async function presenceOf(
  options: GetLabelsOptions,
  table: Table,
): Promise<{ presence: Presence; folder: string | null }> {
  const inOutput = join(options.outputFolder, "missing_mods");
  const folder = options.missingMods ?? ((await exists(inOutput)) ? inOutput : null);
  if (options.modality === null) return { presence: () => true, folder };
  if (folder !== null) return { presence: await presenceFromTables(folder, options.modality), folder };
  if (options.source.toLowerCase().endsWith(".tsv")) return { presence: () => true, folder };
  const sessions = table.rows.map(({ values }) => values);
  return { presence: await presenceFromBids(options.source, sessions, options.modality), folder };
}

async function readRestriction(file: string | undefined): Promise<string[] | null> {
  if (file === undefined) return null;
  const table = await readTable(file);
  const problems = missingColumns(table, KEYS);
  if (problems.length > 0) throw new InputError(problems);
  return table.rows.map(({ values }) => keyOf(values));
}

function nothingLeft(table: Table, column: string, { diagnoses, modality }: GetLabelsOptions): InputError {
  const found = new Set(table.rows.map(({ values }) => values[column]).filter((text) => !isMissing(text)));
  const there = [...found].filter((text) => text !== undefined).sort();
  const values = { diagnoses: either(diagnoses), modality, found: there };
  return refuse("labels.nothing-left", { file: table.file }, values);
}

/** As ClinicaDL's labels.json. */
function recordOf(options: GetLabelsOptions, mergedTsv: string | null, missingMods: string | null) {
  const { variablesOfInterest: variables } = options;
  return {
    bids_directory: options.source,
    diagnoses: options.diagnoses,
    modality: options.modality,
    restriction_path: options.restrictionTsv ?? null,
    variables_of_interest: variables.length === 0 ? null : variables,
    remove_smc: !options.keepSmc,
    missing_mods: missingMods,
    merged_tsv: mergedTsv,
    remove_unique_session: options.removeUniqueSession,
    caps_directory: options.capsDirectory ?? null,
  };
}
