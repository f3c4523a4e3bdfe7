/**
 * Whether two models differ by more than chance, by the test that their answers deserve: of the same people pair by pair, of different
 * people as two samples, over the folds of a cross-validation corrected for the people that the folds share.
 */
import { isUndefined, undefinedBecause, type WhyUndefined } from "../../statistics/figure";
import type { Task } from "../../statistics/task";
import { delongPaired } from "../../statistics/tests/delong";
import { mcNemarOf } from "../../statistics/tests/mcNemar";
import { correctedResampledT } from "../../statistics/tests/resampledT";
import { wilcoxonSignedRank } from "../../statistics/tests/wilcoxonSignedRank";
import type { ComparedFigure } from "./comparedFigure";
import type { AnswerSet, GroupResults, SessionAnswer } from "./groupResults";
import { independentTests } from "./independentTests";
import { absoluteError, byPerson, figureOfImage, gradedScores, type PersonAnswer } from "./people";
import type { SetFigures } from "./setFigures";

/** The answers of one MAPS for the group. */
export interface ComparedAnswers {
  readonly results: GroupResults;
  readonly set: AnswerSet;
  readonly figures: SetFigures;
  /** People of the training and of the fold of each split that is pooled; empty where that is not known. */
  readonly foldSizes: readonly FoldSize[];
}

export interface FoldSize {
  readonly split: number;
  readonly train: number;
  readonly test: number;
}

export interface Comparison {
  /** Whom both answered; 0 where they have nobody in common. */
  readonly common: number;
  /** How many each has answered. */
  readonly people: readonly [first: number, second: number];
  /** All people of both are the same. */
  readonly same: boolean;
  readonly tests: readonly ComparedFigure[];
}

/** Both are of one task, label and classes: the caller has seen to it (`unlike`). */
export function compareAnswers(first: ComparedAnswers, second: ComparedAnswers): Comparison {
  const [a, b] = [byPerson(first.set.sessions).people, byPerson(second.set.sessions).people];
  const pairs = commonOf(a, b);
  const same = pairs.length === a.length && pairs.length === b.length;
  const tests =
    pairs.length === 0 ? independentTests(first.results, a, b) : pairedTests(first.results, pairs);
  return {
    common: pairs.length,
    people: [a.length, b.length],
    same,
    tests: [...tests, ...foldTests(first, second, same)],
  };
}

/** Why two results cannot stand on one axis; null where they can. */
export function unlike(a: GroupResults, b: GroupResults): "task" | "label" | "classes" | null {
  if (a.task !== b.task) return "task";
  if (a.task !== "reconstruction" && a.label !== b.label) return "label";
  return a.classes.join("\t") === b.classes.join("\t") ? null : "classes";
}

export type Pair = readonly [PersonAnswer, PersonAnswer];

/** People whom both answered, with the same truth. */
export const commonPeople = (
  first: readonly SessionAnswer[],
  second: readonly SessionAnswer[],
): readonly Pair[] => commonOf(byPerson(first).people, byPerson(second).people);

function commonOf(a: readonly PersonAnswer[], b: readonly PersonAnswer[]): readonly Pair[] {
  const keyOf = ({ cohort, participantId, truth }: PersonAnswer) => `${cohort}\t${participantId}\t${truth}`;
  const others = new Map(b.map((person) => [keyOf(person), person]));
  return a.flatMap((person) => {
    const other = others.get(keyOf(person));
    return other === undefined ? [] : [[person, other] as const];
  });
}

function pairedTests({ task, classes }: GroupResults, pairs: readonly Pair[]): readonly ComparedFigure[] {
  switch (task) {
    case "classification":
      return [...(classes.length === 2 ? [areaTest(pairs)] : []), rightnessTest(pairs)];
    case "regression":
      return signedRanks(pairs, "MAE", absoluteError);
    case "reconstruction":
      return signedRanks(pairs, "SSIM", (person) => figureOfImage(person, "SSIM"));
  }
}

function areaTest(pairs: readonly Pair[]): ComparedFigure {
  const [first, second] = [
    gradedScores(pairs.map(([one]) => one)),
    gradedScores(pairs.map(([, one]) => one)),
  ];
  const found =
    first === null || second === null
      ? undefinedBecause("no-probabilities")
      : delongPaired(first.positive, [first.scores, second.scores]);
  const known = { test: "delong-paired", measure: "AUC" } as const;
  if (isUndefined(found)) return { ...known, difference: null, interval: null, p: found };
  const { difference, lower, upper, p } = found;
  return { ...known, difference, interval: { lower, upper }, p };
}

/** Whether one is right for more people than the other. */
function rightnessTest(pairs: readonly Pair[]): ComparedFigure {
  const rows = pairs.flatMap(([one, other]) =>
    one.truth !== null && one.answer.kind === "class" && other.answer.kind === "class"
      ? [{ truth: one.truth, first: one.answer.predicted, second: other.answer.predicted }]
      : [],
  );
  const found = mcNemarOf(
    rows.map(({ truth }) => truth),
    rows.map(({ first }) => first),
    rows.map(({ second }) => second),
  );
  const known = { test: "mcnemar", measure: "accuracy", interval: null } as const;
  if (isUndefined(found)) return { ...known, difference: null, p: found };
  return { ...known, difference: (found.onlyFirst - found.onlySecond) / rows.length, p: found.exact };
}

function signedRanks(
  pairs: readonly Pair[],
  measure: string,
  of: (person: PersonAnswer) => number | null,
): readonly ComparedFigure[] {
  const differences = pairs.flatMap(([one, other]) => {
    const [first, second] = [of(one), of(other)];
    return first === null || second === null ? [] : [first - second];
  });
  if (differences.length === 0) return [];
  const found = wilcoxonSignedRank(differences);
  const difference = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  const p = isUndefined(found) ? found : found.p;
  return [{ test: "wilcoxon", measure, difference, interval: null, p }];
}

/** Measures of which the folds are compared. */
const OF_FOLDS: Readonly<Record<Task, readonly string[]>> = {
  classification: ["AUC", "BA"],
  regression: ["MAE"],
  reconstruction: ["SSIM"],
};

/** Over folds of the same people, split by split. */
function foldTests(
  first: ComparedAnswers,
  second: ComparedAnswers,
  same: boolean,
): readonly ComparedFigure[] {
  const [a, b] = [first.set.source, second.set.source];
  const folds = a.kind === "pooled" && b.kind === "pooled" && a.splits.join() === b.splits.join();
  if (!same || !folds || !sameFolds(first.set, second.set)) return [];
  const sizes = first.foldSizes;
  const train = sum(sizes.map((size) => size.train)) / sizes.length;
  const test = sum(sizes.map((size) => size.test)) / sizes.length;
  return OF_FOLDS[first.results.task].flatMap((measure): readonly ComparedFigure[] => {
    const [one, other] = [foldsOf(first, measure), foldsOf(second, measure)];
    if (one === null || other === null) return [];
    const differences = one.flatMap((value, i) => {
      const against = other[i];
      return isUndefined(value) || against === undefined || isUndefined(against) ? [] : [value - against];
    });
    const known = { test: "corrected-resampled-t", measure } as const;
    const lacking = (why: WhyUndefined) => [
      { ...known, difference: null, interval: null, p: undefinedBecause(why) },
    ];
    if (!(train > 0)) return lacking("no-cases");
    if (differences.length < one.length) return lacking("class-without-cases");
    const found = correctedResampledT(differences, { train, test });
    if (isUndefined(found)) return lacking(found.undefinedBecause);
    const { difference, lower, upper, p } = found;
    return [{ ...known, difference, interval: { lower, upper }, p }];
  });
}

/** Whether each split judged the same people in both. */
function sameFolds(a: AnswerSet, b: AnswerSet): boolean {
  const folds = ({ sessions }: AnswerSet) =>
    sessions
      .map(({ split, cohort, participantId, sessionId }) =>
        [split, cohort, participantId, sessionId].join("\t"),
      )
      .sort();
  return folds(a).join("\n") === folds(b).join("\n");
}

const foldsOf = ({ figures }: ComparedAnswers, measure: string) =>
  figures.folds
    .find(({ name, code }) => name === measure && code === null)
    ?.values.map(({ value }) => value) ?? null;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
