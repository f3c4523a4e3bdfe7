/** What makes splits impossible, or worth a second look. */
import { problem, remark, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { knownText } from "../tables/missing";
import type { Table } from "../tables/table";
import type { SplitChoices } from "./choices";
import type { Person } from "./people";

/** Classes that cannot be in every set: of too few people, or of too few groups that stay together. */
export function classesTooSmall(
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

/** People by their number. */
interface MadeSets {
  readonly people: readonly Person[];
  readonly classNames: readonly string[];
  readonly test: readonly number[];
  readonly splits: readonly {
    readonly leftOut: string | null;
    readonly train: readonly number[];
    readonly validation: readonly number[];
  }[];
}

/** Sets without anybody, or without anybody of a class. */
export function emptySets(
  { file }: Table,
  { people, classNames, test, splits }: MadeSets,
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

/** People who may belong together, of whom nobody knows it. */
export function unknownGroups(
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
