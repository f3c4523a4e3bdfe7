/**
 * How far two models are apart that have answered nobody in common. Shares, balanced accuracies and means have a formula; for other
 * figures the people of each model are drawn again by themselves, each class for itself (the bootstrap of two samples; B. Efron and
 * R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 8). What the tests of `independentTests` are of is not among them: they
 * have their interval.
 */
import { confusionMatrix } from "../../statistics/confusion";
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../../statistics/figure";
import { welch } from "../../statistics/groups/twoSamples";
import {
  differenceOfBalancedAccuracies,
  differenceOfShares,
} from "../../statistics/intervals/independentDifference";
import type { Interval } from "../../statistics/intervals/interval";
import type { Steps } from "../../statistics/steps";
import { type FigureDifference, lessOf } from "./figureDifference";
import { figuresOf, recallsOf } from "./figuresOfPeople";
import type { GroupResults } from "./groupResults";
import { judgedPeople } from "./measures";
import { figureOfImage, type PersonAnswer } from "./people";
import { drawn } from "./resampled";

type Intervals = Readonly<Record<string, Figure<Interval>>>;
type Answered = Pick<GroupResults, "task" | "classes">;

/** What the tests are of. */
const TESTED: readonly string[] = ["accuracy", "MAE", "SSIM"];

/** Both are of one task, label and classes, and nobody is in both. */
export function* independentDifferenceSteps(
  results: Answered,
  first: readonly PersonAnswer[],
  second: readonly PersonAnswer[],
): Steps<readonly FigureDifference[]> {
  const [ofFirst, ofSecond] = [figuresOf(results, first), figuresOf(results, second)];
  const all = [...first, ...second];
  const isFirst = (row: number) => row < first.length;
  const differencesOf = (rows: readonly number[]) => {
    const others = rows.filter((row) => !isFirst(row)).map((row) => row - first.length);
    return lessOf(ofFirst(rows.filter(isFirst)), ofSecond(others));
  };
  const formulas = intervalsOf(results, first, second);
  const observed = Object.entries(differencesOf([...all.keys()])).filter(([name]) => !TESTED.includes(name));
  const drawnOnes = observed.some(([name]) => formulas[name] === undefined)
    ? yield* drawn(
        all.length,
        all.map((person, row) => 2 * stratumOf(person) + Number(isFirst(row))),
        differencesOf,
      )
    : {};
  return observed.map(([measure, difference]) => ({
    measure,
    difference,
    interval: isUndefined(difference)
      ? difference
      : (formulas[measure] ?? drawnOnes[measure] ?? undefinedBecause("no-cases")),
  }));
}

/** Class codes, and -1 for those of whom none is known. */
const stratumOf = ({ truth, answer }: PersonAnswer) => (answer.kind === "class" ? (truth ?? -1) : 0);

/** Those that have a formula. */
function intervalsOf(
  results: Answered,
  first: readonly PersonAnswer[],
  second: readonly PersonAnswer[],
): Intervals {
  switch (results.task) {
    case "classification":
      return ofClasses(results.classes.length, first, second);
    case "regression":
      return {};
    case "reconstruction":
      return ofImages(first, second);
  }
}

function ofClasses(
  classes: number,
  first: readonly PersonAnswer[],
  second: readonly PersonAnswer[],
): Intervals {
  const [a, b] = [first, second].map((people) => {
    const judged = judgedPeople(people, classes, null);
    const [truth, predicted] = [judged.map((one) => one.truth), judged.map((one) => one.predicted)];
    return recallsOf(confusionMatrix(truth, predicted, classes));
  });
  const balanced = { BA: differenceOfBalancedAccuracies(a!, b!) };
  if (classes !== 2) return balanced;
  return {
    ...balanced,
    sensitivity: differenceOfShares(a![0]!, b![0]!),
    specificity: differenceOfShares(a![1]!, b![1]!),
  };
}

function ofImages(first: readonly PersonAnswer[], second: readonly PersonAnswer[]): Intervals {
  const names = Object.keys(figuresOf({ task: "reconstruction", classes: [] }, first)([...first.keys()]));
  const valuesOf = (people: readonly PersonAnswer[], name: string) =>
    people.map((person) => figureOfImage(person, name)).filter((value) => value !== null);
  return Object.fromEntries(
    names.map((name) => [name, ofMeans(valuesOf(first, name), valuesOf(second, name))]),
  );
}

const ofMeans = (first: readonly number[], second: readonly number[]): Figure<Interval> =>
  mapFigure(welch(first, second), ({ lower, upper, level }) => ({ lower, upper, level, method: "welch" }));
