/** From a table and what is asked of it to the sets of every split: who is set apart, who trains, who validates. */
import { isNumber } from "../../experiment/labelCode";
import { problem, remark, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import type { ExperimentInput } from "../../experiment/schema/schema";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import type { LeftOut } from "../../statistics/dataFlow";
import { knownText } from "../tables/missing";
import type { Table } from "../tables/table";
import type { SplitChoices } from "./choices";
import { DIAGNOSIS, type Person, usablePeople } from "./people";
import { shareOut } from "./shareOut";
import { groupsOf, partitionsOf } from "./strata";

/** People by their number in `people`. */
export interface PlannedSplit {
  /** The value that is left out, a site; null where folds are drawn. */
  readonly leftOut: string | null;
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

export interface SplitPlan {
  /** With a column `diagnosis` at least. */
  readonly columns: readonly string[];
  /** Sorted by id. */
  readonly people: readonly Person[];
  readonly classNames: readonly string[];
  /** Groups that were kept together; as many as people where nobody asked. */
  readonly groups: number;
  readonly test: readonly number[];
  readonly splits: readonly PlannedSplit[];
  /** Rows of the table that are in no set. */
  readonly leftOut: readonly LeftOut[];
  /** What an experiment on these splits says, besides `tsv_path`. */
  readonly keys: Pick<ExperimentInput, "label" | "label_code" | "diagnoses" | "n_splits">;
  readonly warnings: readonly Problem[];
}

/** The diagnosis of everybody in a table that has none: experiments choose rows by one. */
const EVERYBODY = "all";

/**
 * Equal choices of an equal table give equal splits.
 * @param table with participant_id and session_id
 * Throws an InputError with all that makes them impossible: columns or values that are missing, a class of too few people or groups.
 */
export function makeSplits(table: Table, choices: SplitChoices): SplitPlan {
  const problems: Problem[] = [];
  const { people, classNames, leftOut } = usablePeople(table, choices, problems);
  if (problems.length > 0) throw new InputError(problems);
  const groups = groupsOf(people, choices.keepTogether);
  problems.push(...classesTooSmall(table, people, classNames, groups, choices));
  if (problems.length > 0) throw new InputError(problems);

  const testCount = choices.test < 1 ? choices.test * people.length : choices.test;
  if (testCount >= people.length) {
    problems.push(
      problem("splits.test-count", { file: table.file }, { count: testCount, all: people.length }),
    );
    throw new InputError(problems);
  }
  const everybody = [...people.keys()];
  const share = testCount / people.length;
  const inTest = share === 0 ? everybody.map(() => 1) : draw("test", everybody, [share, 1 - share]);
  const test = everybody.filter((i) => inTest[i] === 0);
  const others = everybody.filter((i) => inTest[i] === 1);
  const splits = validationSets(others, problems).map(({ leftOut: value, validation }) => {
    const validating = new Set(validation);
    return { leftOut: value, train: others.filter((i) => !validating.has(i)), validation };
  });
  problems.push(...emptySets(table, { people, classNames, test, splits }, choices));
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new InputError(errors);
  return {
    columns: table.columns.includes(DIAGNOSIS) ? table.columns : [...table.columns, DIAGNOSIS],
    people: people.map((person) => withDiagnosis(person, table, choices)),
    classNames,
    groups: groups.length,
    test,
    splits,
    leftOut,
    keys: keysOf(table, people, choices, splits.length),
    warnings: [...problems, ...unknownGroups(table, people, choices)],
  };

  /** The set of each of `members`, by the number of the person. */
  function draw(what: string, members: readonly number[], shares: readonly number[]): number[] {
    const places = new Map(members.map((person, place) => [person, place]));
    const own = groups.flatMap((group) => {
      const inside = group.flatMap((person) => places.get(person) ?? []);
      return inside.length === 0 ? [] : [inside];
    });
    const partitions = partitionsOf(
      members.map((i) => people[i]!),
      choices,
    );
    const random = new RandomGenerator(deriveSeed(choices.seed, "splits", what));
    const drawn = shareOut({ groups: own, partitions, shares }, random);
    const sets: number[] = [];
    for (const [person, place] of places) sets[person] = drawn[place]!;
    return sets;
  }

  function validationSets(
    members: readonly number[],
    found: Problem[],
  ): { leftOut: string | null; validation: number[] }[] {
    const { validation } = choices;
    switch (validation.kind) {
      case "folds": {
        const { folds } = validation;
        const sets = draw("folds", members, new Array<number>(folds).fill(1 / folds));
        return Array.from({ length: folds }, (_, fold) => ({
          leftOut: null,
          validation: members.filter((i) => sets[i] === fold),
        }));
      }
      case "share": {
        const sets = draw("validation", members, [validation.share, 1 - validation.share]);
        return [{ leftOut: null, validation: members.filter((i) => sets[i] === 0) }];
      }
      case "leave-one-out":
        return leaveOneOut(table, { people, groups, members, column: validation.column }, found);
    }
  }
}

interface LeaveOneOut {
  readonly people: readonly Person[];
  readonly groups: readonly (readonly number[])[];
  readonly members: readonly number[];
  readonly column: string;
}

/** Those of each value in turn; those without a value train in every split. */
function leaveOneOut(
  { file }: Table,
  { people, groups, members, column }: LeaveOneOut,
  found: Problem[],
): { leftOut: string; validation: number[] }[] {
  const valuesOf = (i: number) =>
    [...new Set(people[i]!.rows.map((row) => knownText(row[column])))].filter((value) => value !== "");
  const values = [...new Set(members.flatMap(valuesOf))].sort();
  if (values.length < 2) found.push(problem("splits.leave-out-one", { file }, { column, values }));
  const inSeveral = groups.filter((group) => new Set(group.flatMap(valuesOf)).size > 1);
  if (inSeveral.length > 0) {
    const names = some(inSeveral.map((group) => group.map((i) => people[i]!.id).join(" + ")));
    found.push(problem("splits.leave-out-several", { file }, { column, count: inSeveral.length, names }));
  }
  const unknown = members.filter((i) => valuesOf(i).length === 0);
  if (unknown.length > 0) {
    const names = some(unknown.map((i) => people[i]!.id));
    const counts = { column, count: unknown.length, people: people.length, names };
    found.push(warning("splits.leave-out-unknown", { file }, counts));
  }
  return values.map((value) => ({
    leftOut: value,
    validation: members.filter((i) => valuesOf(i).includes(value)),
  }));
}

/** Classes that cannot be in every set: of too few people, or of too few groups that stay together. */
function classesTooSmall(
  { file }: Table,
  people: readonly Person[],
  classNames: readonly string[],
  groups: readonly (readonly number[])[],
  { validation, test }: SplitChoices,
): Problem[] {
  const sets = (test > 0 ? 1 : 0) + (validation.kind === "folds" ? validation.folds : 2);
  return classNames.flatMap((name) => {
    const own = groups.filter((group) => group.some((i) => people[i]!.className === name));
    const count = people.filter(({ className }) => className === name).length;
    if (own.length >= sets) return [];
    const values = { name, people: count, groups: own.length === count ? null : own.length, sets };
    return own.length === 1 && count > 1
      ? [problem("splits.class-in-one-group", { file }, { name, people: count })]
      : [problem("splits.class-too-small", { file }, values)];
  });
}

/** Sets without anybody, or without anybody of a class. */
function emptySets(
  { file }: Table,
  { people, classNames, test, splits }: Pick<SplitPlan, "people" | "classNames" | "test" | "splits">,
  choices: SplitChoices,
): Problem[] {
  const leaving = choices.validation.kind === "leave-one-out";
  const check = (set: string, members: readonly number[], isError: boolean): Problem[] => {
    if (members.length === 0) return [problem("splits.set-empty", { file }, { set })];
    const there = new Set(members.map((i) => people[i]!.className));
    const absent = classNames.filter((name) => !there.has(name));
    const make = isError ? problem : warning;
    return absent.map((name) => make("splits.class-absent", { file }, { set, name }));
  };
  return [
    ...(choices.test > 0 ? check("test", test, true) : []),
    ...splits.flatMap(({ train, validation, leftOut }, i) => {
      const of = (set: string) => `${set} (split-${i}${leftOut === null ? "" : `, ${leftOut}`})`;
      return [...check(of("train"), train, true), ...check(of("validation"), validation, !leaving)];
    }),
  ];
}

function unknownGroups(
  { file }: Table,
  people: readonly Person[],
  { keepTogether }: SplitChoices,
): Problem[] {
  return keepTogether.flatMap((column) => {
    const unknown = people.filter(({ rows }) => rows.every((row) => knownText(row[column]) === ""));
    if (unknown.length === 0) return [];
    const names = some(unknown.map(({ id }) => id));
    return [
      remark(
        "splits.group-unknown",
        { file },
        { column, count: unknown.length, people: people.length, names },
      ),
    ];
  });
}

/** A table without a diagnosis gets one: the class, or the same for everybody. */
function withDiagnosis(person: Person, table: Table, { label, classes }: SplitChoices): Person {
  if (table.columns.includes(DIAGNOSIS)) return person;
  const rows = person.rows.map((row) => ({
    ...row,
    [DIAGNOSIS]: label === null || classes === null ? EVERYBODY : (row[label] ?? ""),
  }));
  return { ...person, rows, first: rows[0]! };
}

function keysOf(
  table: Table,
  people: readonly Person[],
  { label, classes }: SplitChoices,
  splits: number,
): SplitPlan["keys"] {
  const own = table.columns.includes(DIAGNOSIS);
  const values = (classes ?? []).flat();
  // Numbers are taken for classes only where each is named.
  const isCoded = classes !== null && (classes.some(({ length }) => length > 1) || values.some(isNumber));
  const code = Object.fromEntries((classes ?? []).flatMap((of, code) => of.map((value) => [value, code])));
  const isDiagnosis = classes !== null && (label === DIAGNOSIS || !own);
  const standing = people.flatMap(({ rows }) => rows.map((row) => row[DIAGNOSIS] ?? ""));
  const [first = EVERYBODY, ...more] = isDiagnosis
    ? values
    : own
      ? [...new Set(standing)].sort()
      : [EVERYBODY];
  return {
    ...(label === null || isDiagnosis ? {} : { label }),
    ...(isCoded ? { label_code: code } : {}),
    diagnoses: [first, ...more],
    ...(splits > 1 ? { n_splits: splits } : {}),
  };
}
