/** Age and sex of the participants whom a split shares out: who can be compared, and how alike the two sides became. */
import { problem, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { fisherExact, studentTest } from "../../statistics/groupTests";
import { type Age, ageOf, sexOf, yearsOf } from "../tables/demographics";
import { requireColumn } from "./columns";
import type { Participant, SessionTable } from "./sessions";

/** What is known of each participant, in the order of the table. */
export interface Demographics {
  /** Years; NaN where they are not known. */
  readonly ages: readonly number[];
  /** Null where it is not known, or neither. */
  readonly sexes: readonly ("F" | "M" | null)[];
  readonly warnings: readonly Problem[];
}

/** The p-value of a test that says how likely such a difference between the sides is by chance; null where there was nothing to compare. */
export interface Comparison {
  readonly test: "Student's t-test" | "Fisher's exact test";
  readonly p: number | null;
  /** Participants without a value, who were left out of this test only. */
  readonly unknown: number;
}

/** Throws an InputError with what cannot be read, one problem a cause. Values that are not known leave a person out of one comparison only. */
export function readDemographics(table: SessionTable): Demographics {
  const columns = { age: requireColumn(table.table, "age"), sex: requireColumn(table.table, "sex") };
  const problems = [...ageProblems(table, columns.age), ...sexProblems(table, columns.sex)];
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new InputError(errors);
  return {
    ages: table.participants.map(({ baseline }) => yearsOf(baseline[columns.age])),
    sexes: table.participants.map(({ baseline }) => {
      const sex = sexOf(baseline[columns.sex]);
      return sex === "F" || sex === "M" ? sex : null;
    }),
    warnings: problems,
  };
}

/** @param chosen for each participant on which side they are */
export function compareSides(
  { ages, sexes }: Demographics,
  chosen: readonly boolean[],
): { readonly age: Comparison; readonly sex: Comparison } {
  const known = (side: boolean) => ages.filter((age, i) => chosen[i] === side && !Number.isNaN(age));
  const count = (side: boolean, sex: "F" | "M") =>
    sexes.filter((one, i) => chosen[i] === side && one === sex).length;
  const counts = (side: boolean) => [count(side, "F"), count(side, "M")] as const;
  return {
    age: {
      test: "Student's t-test",
      p: studentTest(known(true), known(false)),
      unknown: ages.filter(Number.isNaN).length,
    },
    sex: {
      test: "Fisher's exact test",
      p: fisherExact([counts(true), counts(false)]),
      unknown: sexes.filter((sex) => sex === null).length,
    },
  };
}

const named = ({ id, baseline }: Participant) => `${id} ${baseline.session_id}`;

function ageProblems({ file, participants }: SessionTable, column: string): Problem[] {
  const of = (kind: Age["kind"]) =>
    participants.filter(({ baseline }) => ageOf(baseline[column]).kind === kind);
  const told = (people: readonly Participant[]) => ({
    column,
    count: people.length,
    people: participants.length,
    values: some([...new Set(people.map(({ baseline }) => baseline[column] ?? ""))]),
    names: some(people.map(named)),
  });
  const found = (kind: Age["kind"], say: (values: ReturnType<typeof told>) => Problem) => {
    const people = of(kind);
    return people.length === 0 ? [] : [say(told(people))];
  };
  return [
    ...found("unreadable", (values) => problem("people.age", { file }, values)),
    ...found("decimal-comma", (values) => problem("people.decimal-comma", { file }, values)),
    ...found("at-least", (values) => warning("people.age-or-more", { file }, values)),
    ...found("unknown", ({ values: _, ...values }) => warning("people.age-unknown", { file }, values)),
  ];
}

function sexProblems({ file, participants }: SessionTable, column: string): Problem[] {
  const cell = ({ baseline }: Participant) => baseline[column];
  const unreadable = participants.filter((person) => sexOf(cell(person)) === undefined);
  const neither = participants.filter((person) => {
    const sex = sexOf(cell(person));
    return sex === null || sex === "other";
  });
  const told = (people: readonly Participant[]) => ({
    column,
    count: people.length,
    people: participants.length,
    names: some(people.map(named)),
  });
  const values = some([...new Set(unreadable.map((person) => cell(person) ?? ""))]);
  return [
    ...(unreadable.length === 0 ? [] : [problem("people.sex", { file }, { ...told(unreadable), values })]),
    ...(neither.length === 0 ? [] : [warning("people.sex-unknown", { file }, told(neither))]),
  ];
}
