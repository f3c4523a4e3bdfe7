/** `tsvtools analysis`: who is in a study, diagnosis by diagnosis. */

import { problem, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { writeAtomically } from "../../files/atomicFile";
import { formatRecords } from "../../files/tsv";
import { deviation, mean } from "../../statistics/moments";
import { sexOf, yearsOf } from "../tables/demographics";
import { differenceWords } from "../tables/idSpelling";
import { isMissing } from "../tables/missing";
import { misspelt, type SessionId, sessionName, sessionSpellings } from "../tables/sessionIds";
import { KEYS, missingColumns, readTable, type Table } from "../tables/table";
import { findColumn, requireColumn } from "./columns";
import type { Row } from "./sessionKeys";
import { type Participant, readSessions } from "./sessions";

const CDR = ["0", "0.5", "1", "2", "3"] as const;
export const ANALYSIS_COLUMNS = [
  "group",
  "n_subjects",
  ...["mean", "std", "min", "max"].map((statistic) => `${statistic}_age`),
  "sexF",
  "sexM",
  ...["mean", "std", "min", "max"].map((statistic) => `${statistic}_MMSE`),
  ...CDR.map((value) => `CDR_${value}`),
  "mean_scans",
  "std_scans",
  "n_scans",
] as const;

export interface Analysis {
  readonly groups: readonly Row[];
  /** Of whom something is not known, and where the ids of the tables are spelt in two ways. */
  readonly warnings: readonly Problem[];
}

/**
 * One row a diagnosis of `dataTsv`, with what `mergedTsv` knows of each participant's first session that has it: age, sex, MMSE
 * and CDR where there are such columns. Standard deviations are those of a population; missing values are left out.
 * Written to `outputTsv` when it is given. Throws an InputError.
 */
export async function analyseLabels(
  mergedTsv: string,
  dataTsv: string,
  outputTsv?: string,
): Promise<Analysis> {
  const data = await readSessions(dataTsv, ["diagnosis"]);
  const merged = await readTable(mergedTsv);
  const missing = missingColumns(merged, KEYS);
  if (missing.length > 0) throw new InputError(missing);
  const columns = {
    age: requireColumn(merged, "age"),
    sex: requireColumn(merged, "sex"),
    mmse: findColumn(merged.columns, "mms"),
    cdr: findColumn(merged.columns, "cdr_global"),
  };
  const diagnosis = requireColumn(data.table, "diagnosis");
  const diagnoses = new Set(data.table.rows.map(({ values }) => values[diagnosis] ?? ""));
  const groups = [...diagnoses].sort().map((group) => ({
    group,
    people: data.participants
      .map((person) => ({ ...person, sessions: person.sessions.filter((row) => row[diagnosis] === group) }))
      .filter(({ sessions }) => sessions.length > 0),
  }));
  const first = (person: Participant) => person.sessions[0] ?? person.baseline;
  const described = groups.flatMap(({ people }) => people.map((person) => idOf(first(person))));
  const { known, problems } = meet(merged, data.file, described);
  const table = groups.map(({ group, people }) => ({
    group,
    ...summary(
      people,
      people.map((person) => known(idOf(first(person))) ?? {}),
      columns,
    ),
  }));
  problems.push(...sexProblems(mergedTsv, described, known, columns.sex));
  if (problems.some(({ severity }) => severity === "error")) throw new InputError(problems);
  if (outputTsv !== undefined) await writeAtomically(outputTsv, formatRecords(ANALYSIS_COLUMNS, table));
  return { groups: table, warnings: [...data.warnings, ...problems] };
}

const idOf = ({ participant_id = "", session_id = "" }: Row): SessionId => ({
  participantId: participant_id,
  sessionId: session_id,
});

/**
 * What the merged table knows of a session. Where its ids are spelt otherwise (`ses-M48`, `ses-M048`: Clinica's change, over which
 * ClinicaDL helps itself too) but can mean one session only, that one is taken, which is said.
 */
function meet(
  merged: Table,
  dataTsv: string,
  sessions: readonly SessionId[],
): { readonly known: (session: SessionId) => Row | undefined; readonly problems: Problem[] } {
  const { file, rows } = merged;
  const byName = new Map(rows.map(({ values }) => [sessionName(idOf(values)), values]));
  const present = rows.map(({ values }) => idOf(values));
  const meant = sessionSpellings(present);
  const known = (session: SessionId) => {
    const there = meant(session);
    return there === null ? undefined : byName.get(sessionName(there));
  };
  const problems = misspelt(sessions, meant).map(({ differences, pairs: [pair, ...others] }) =>
    warning(
      "ids.spelt-in-two-ways",
      { file: dataTsv },
      {
        count: others.length + 1,
        all: sessions.length,
        other: file,
        here: pair === undefined ? "" : sessionName(pair.here),
        there: pair === undefined ? "" : sessionName(pair.there),
        difference: differenceWords(differences),
      },
    ),
  );
  const strangers = sessions.filter((session) => known(session) === undefined);
  if (strangers.length > 0 && strangers.length === sessions.length) {
    const [here = "", there = ""] = [strangers[0], present[0]].map((one) => one && sessionName(one));
    problems.push(
      problem("ids.none-meet", { file: dataTsv }, { all: sessions.length, other: file, here, there }),
    );
  } else if (strangers.length > 0) {
    const values = { count: strangers.length, all: sessions.length, other: file };
    const names = some(strangers.map(sessionName));
    problems.push(warning("ids.not-in-table", { file: dataTsv }, { ...values, names }));
  }
  return { known, problems };
}

interface AnalysedColumns {
  readonly age: string;
  readonly sex: string;
  readonly mmse: string | undefined;
  readonly cdr: string | undefined;
}

function summary(people: readonly Participant[], first: readonly Row[], columns: AnalysedColumns): Row {
  const scans = people.map(({ sessions }) => sessions.length);
  const sexes = first.map((row) => sexOf(row[columns.sex]));
  const cdr = numbers(first, columns.cdr);
  return {
    n_subjects: String(people.length),
    ...statistics("age", first.map((row) => yearsOf(row[columns.age])).filter(Number.isFinite)),
    sexF: String(sexes.filter((sex) => sex === "F").length),
    sexM: String(sexes.filter((sex) => sex === "M").length),
    ...statistics("MMSE", numbers(first, columns.mmse)),
    ...Object.fromEntries(
      CDR.map((value) => [`CDR_${value}`, String(cdr.filter((one) => one === Number(value)).length)]),
    ),
    mean_scans: String(mean(scans)),
    std_scans: String(deviation(scans)),
    n_scans: String(scans.reduce((sum, count) => sum + count, 0)),
  };
}

function numbers(rows: readonly Row[], column: string | undefined): number[] {
  if (column === undefined) return [];
  return rows
    .filter((row) => !isMissing(row[column]))
    .map((row) => Number(row[column]))
    .filter(Number.isFinite);
}

/** Empty where nobody has a value. */
function statistics(name: string, values: readonly number[]): Row {
  const text = (value: number) => (values.length === 0 ? "" : String(value));
  return {
    [`mean_${name}`]: text(mean(values)),
    [`std_${name}`]: text(deviation(values)),
    [`min_${name}`]: text(values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)),
    [`max_${name}`]: text(values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)),
  };
}

/** Those whose sex is neither F nor M are in neither column, which is said once. */
function sexProblems(
  file: string,
  sessions: readonly SessionId[],
  known: (session: SessionId) => Row | undefined,
  column: string,
): Problem[] {
  const there = sessions.flatMap((session) => {
    const row = known(session);
    return row === undefined ? [] : [{ session, cell: row[column], sex: sexOf(row[column]) }];
  });
  const told = (found: typeof there) => ({
    column,
    count: found.length,
    people: sessions.length,
    names: some(found.map(({ session }) => sessionName(session))),
  });
  const unreadable = there.filter(({ sex }) => sex === undefined);
  const neither = there.filter(({ sex }) => sex === null || sex === "other");
  const values = some([...new Set(unreadable.map(({ cell }) => cell ?? ""))]);
  return [
    ...(unreadable.length === 0 ? [] : [problem("people.sex", { file }, { ...told(unreadable), values })]),
    ...(neither.length === 0 ? [] : [warning("people.sex-uncounted", { file }, told(neither))]),
  ];
}
