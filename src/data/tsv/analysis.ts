/** `tsvtools analysis`: who is in a study, diagnosis by diagnosis. */

import { aboutSubject, problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { writeAtomically } from "../../files/atomicFile";
import { formatRecords } from "../../files/tsv";
import { isMissing } from "../tables/missing";
import { KEYS, missingColumns, readTable } from "../tables/table";
import { findColumn, requireColumn } from "./columns";
import { type Participant, type Row, readSessions } from "./sessions";
import { deviation, mean } from "./statistics";

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

/**
 * One row a diagnosis of `dataTsv`, with what `mergedTsv` knows of each participant's first session that has it: age, sex, MMSE
 * and CDR where there are such columns. Standard deviations are those of a population; missing values are left out.
 * Written to `outputTsv` when it is given. Throws an InputError.
 */
export async function analyseLabels(mergedTsv: string, dataTsv: string, outputTsv?: string): Promise<Row[]> {
  const data = await readSessions(dataTsv, ["diagnosis"]);
  const merged = await readTable(mergedTsv);
  const missing = missingColumns(merged, KEYS);
  if (missing.length > 0) throw new InputError(missing);
  const known = new Map(merged.rows.map(({ values }) => [keyOf(values), values]));
  const columns = {
    age: requireColumn(merged, "age"),
    sex: requireColumn(merged, "sex"),
    mmse: findColumn(merged.columns, "mms"),
    cdr: findColumn(merged.columns, "cdr_global"),
  };
  const diagnosis = requireColumn(data.table, "diagnosis");

  const problems: Problem[] = [];
  const diagnoses = new Set(data.table.rows.map(({ values }) => values[diagnosis] ?? ""));
  const table = [...diagnoses].sort().map((group) => {
    const people = data.participants
      .map((person) => ({ ...person, sessions: person.sessions.filter((row) => row[diagnosis] === group) }))
      .filter(({ sessions }) => sessions.length > 0);
    const first = people.map(({ sessions }) => known.get(keyOf(sessions[0]!)) ?? {});
    problems.push(...sexProblems(mergedTsv, people, first, columns.sex));
    return { group, ...summary(people, first, columns) };
  });
  if (problems.length > 0) throw new InputError(problems);
  if (outputTsv !== undefined) await writeAtomically(outputTsv, formatRecords(ANALYSIS_COLUMNS, table));
  return table;
}

const keyOf = (row: Row) => `${row.participant_id}\t${row.session_id}`;

interface AnalysedColumns {
  readonly age: string;
  readonly sex: string;
  readonly mmse: string | undefined;
  readonly cdr: string | undefined;
}

function summary(people: readonly Participant[], first: readonly Row[], columns: AnalysedColumns): Row {
  const scans = people.map(({ sessions }) => sessions.length);
  const sexes = first.map((row) => row[columns.sex]);
  const cdr = numbers(first, columns.cdr);
  return {
    n_subjects: String(people.length),
    ...statistics("age", numbers(first, columns.age)),
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
    [`min_${name}`]: text(Math.min(...values)),
    [`max_${name}`]: text(Math.max(...values)),
  };
}

function sexProblems(
  file: string,
  people: readonly Participant[],
  rows: readonly Row[],
  column: string,
): Problem[] {
  return people.flatMap(({ id }, i): Problem[] => {
    const sex = rows[i]?.[column];
    if (sex === "F" || sex === "M") return [];
    const found =
      sex === undefined
        ? problem("person.sex-unknown", { file }, { column })
        : problem("person.sex-in-table", { file }, { column, value: sex });
    return [aboutSubject(id, found)];
  });
}
