/** Who of a table can be used, one entry a person, and why the other rows cannot. */
import { classNames, isNumber } from "../../experiment/labelCode";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { type LeftOut, type LeftOutReason, type LeftOutSession, leftOutBy } from "../../statistics/dataFlow";
import { knownText } from "../tables/missing";
import { columnSpellings } from "../tables/spellings";
import { missingColumns, type Table, type TableRow } from "../tables/table";
import { type Row, rowsByPerson } from "../tsv/sessionKeys";
import { compareSessions } from "../tsv/sessionOrder";
import type { SplitChoices } from "./choices";

export interface Person {
  readonly id: string;
  /** In the order of time; the first decides the class of the person. */
  readonly rows: readonly Row[];
  readonly first: Row;
  /** Class of the first session; "" outside classification. */
  readonly className: string;
}

export interface Usable {
  readonly people: readonly Person[];
  readonly classNames: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** The column by whose values ClinicaDL and Gyrus choose rows, whatever is predicted. */
export const DIAGNOSIS = "diagnosis";

/** Of each class the names of its values, joined: `AD+MCI`. */
export const namesOfClasses = (classes: readonly (readonly string[])[]): string[] =>
  classNames(Object.fromEntries(classes.flatMap((values, code) => values.map((value) => [value, code]))));

/** @param table with participant_id and session_id. What is wrong goes to `problems`; people are sorted by id */
export function usablePeople(table: Table, choices: SplitChoices, problems: Problem[]): Usable {
  const { label, classes, sessions } = choices;
  const columns = [...(label === null ? [] : [label]), ...choices.keepTogether, ...choices.stratify];
  const asked = [...new Set([...columns, ...leaveOutColumns(choices)])];
  problems.push(...missingColumns(table, asked), ...classProblems(table, choices));
  const names = classes === null ? [] : namesOfClasses(classes);
  const nameOf = new Map((classes ?? []).flatMap((values, i) => values.map((value) => [value, names[i]!])));
  const ofDiagnosis = table.columns.includes(DIAGNOSIS);

  const left: LeftOutSession[] = [];
  const leave = (row: Row, reason: LeftOutReason) => {
    left.push({ person: row.participant_id ?? "", name: `${row.participant_id} ${row.session_id}`, reason });
  };
  const usable = table.rows.filter((row) => {
    const reason = whyNot(row.values, { label, classOf: classes === null ? null : nameOf, ofDiagnosis });
    if (reason !== null) leave(row.values, reason);
    return reason === null;
  });
  if (label !== null && classes === null) problems.push(...numberProblems(table, label, usable));
  const people = [...rowsByPerson(usable.map(({ values }) => values))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, own]) => {
      const order = own.toSorted((a, b) => compareSessions(a.session_id ?? "", b.session_id ?? ""));
      const [first, ...later] = order;
      if (first === undefined) return [];
      if (sessions === "baseline") for (const row of later) leave(row, "later-session");
      const className = label === null ? "" : (nameOf.get(first[label] ?? "") ?? "");
      return [{ id, rows: sessions === "baseline" ? [first] : order, first, className }];
    });
  if (people.length === 0)
    problems.push(problem("splits.nobody", { file: table.file }, { rows: table.rows.length }));
  return { people, classNames: names, leftOut: leftOutBy(left) };
}

export const leaveOutColumns = ({ validation }: SplitChoices): string[] =>
  validation.kind === "leave-one-out" ? [validation.column] : [];

interface Labels {
  readonly label: string | null;
  readonly classOf: ReadonlyMap<string, string> | null;
  readonly ofDiagnosis: boolean;
}

/** Null where the row can be used. */
function whyNot(row: Row, { label, classOf, ofDiagnosis }: Labels): LeftOutReason | null {
  const isDiagnosis = label === DIAGNOSIS;
  if (label !== null) {
    const value = knownText(row[label]);
    if (value === "") return isDiagnosis ? "no-diagnosis" : "no-label";
    if (classOf !== null && !classOf.has(value)) return isDiagnosis ? "other-diagnosis" : "other-label";
  }
  return ofDiagnosis && knownText(row[DIAGNOSIS]) === "" ? "no-diagnosis" : null;
}

function classProblems(table: Table, { label, classes }: SplitChoices): Problem[] {
  if (label === null || classes === null || !table.columns.includes(label)) return [];
  const place = { file: table.file };
  const found = new Set(table.rows.map(({ values }) => knownText(values[label])));
  const there = [...found].filter((value) => value !== "").sort();
  const asked = classes.flat();
  const absent = asked.filter((value) => !found.has(value));
  const repeated = [...new Set(asked.filter((value, i) => asked.indexOf(value) !== i))];
  return [
    ...(classes.length < 2
      ? [
          problem("splits.one-class", place, {
            column: label,
            classes: namesOfClasses(classes),
            found: some(there),
          }),
        ]
      : []),
    ...(absent.length === 0
      ? []
      : [problem("splits.no-value", place, { column: label, values: absent, found: some(there) })]),
    ...(repeated.length === 0 ? [] : [problem("splits.value-twice", place, { values: repeated })]),
    ...columnSpellings(table, label, asked),
  ];
}

function numberProblems({ file }: Table, label: string, rows: readonly TableRow[]): Problem[] {
  const others = rows.filter(({ values }) => !isNumber(values[label] ?? ""));
  if (others.length === 0) return [];
  const values = some([...new Set(others.map(({ values }) => values[label] ?? ""))]);
  const counts = { column: label, count: others.length, rows: rows.length, values };
  return [problem("splits.not-numbers", { file, where: `row ${others[0]?.line}` }, counts)];
}
