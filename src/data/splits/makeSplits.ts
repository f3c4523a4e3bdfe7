/** From a table and what is asked of it to the sets of every split: who is set apart, who trains, who validates. */
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import type { LeftOut } from "../../statistics/dataFlow";
import type { Table } from "../tables/table";
import type { SplitChoices } from "./choices";
import { leaveOneOut } from "./leaveOneOut";
import { DIAGNOSIS, type Person, usablePeople } from "./people";
import { shareOut } from "./shareOut";
import { classesTooSmall, emptySets, unknownGroups } from "./splitFaults";
import { keysOf, type SplitKeys, withDiagnosis } from "./splitKeys";
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
  readonly keys: SplitKeys;
  readonly warnings: readonly Problem[];
}

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
