/** The figures of a set of answers, as terminal and report have them, of the class that the reader tells from the others. */

import { ageGapMeasures } from "../../../src/report/results/ageGap";
import type { SessionAnswer } from "../../../src/report/results/groupResults";
import { classFigures, type Measure } from "../../../src/report/results/measures";
import type { PersonAnswer } from "../../../src/report/results/people";
import { resampledSteps } from "../../../src/report/results/resampled";
import type { FoldFigure } from "../../../src/report/results/setFigures";
import { setFigures } from "../../../src/report/results/setFigures";
import { type ConfusionMatrix, countsOf } from "../../../src/statistics/confusion";
import type { Share } from "../../../src/statistics/intervals/proportion";
import type { Steps } from "../../../src/statistics/steps";
import type { ShownGroup } from "../messages";
import { type Answering, answeredCode, scoreOf, trueCode } from "./answering";
import type { ShownAnswers } from "./shownAnswers";

export interface ShownFigures {
  readonly measures: readonly Measure[];
  /** Of pooled folds, each figure over the folds; empty otherwise. */
  readonly folds: readonly FoldFigure[];
}

/** Of the people, and of pooled folds of each fold. */
export function shownFigures(group: ShownGroup, shown: ShownAnswers, answering: Answering): ShownFigures {
  const { classes, task } = group;
  const { packed } = shown;
  if (task !== "classification") {
    const set = { ...packed, sessions: shown.sessions };
    const { measures, folds } = setFigures(set, { task, classes });
    const ofAges = packed.ageLine === null ? [] : ageGapMeasures(set, packed.ageLine);
    return { measures: [...measures, ...ofAges], folds };
  }
  const folds =
    packed.source.kind === "pooled"
      ? setFigures(
          { ...packed, sessions: shown.sessions.map((session) => told(session, classes, answering)) },
          { task, classes: toldClasses(classes, answering) },
          answering.threshold,
        ).folds
      : [];
  return { measures: figuresOfPeople(shown.people.people, classes, answering), folds };
}

/** Of any people, a subgroup for instance. */
export const figuresOfPeople = (
  people: readonly PersonAnswer[],
  classes: readonly string[],
  answering: Answering,
): readonly Measure[] =>
  classFigures(
    people.map((person) => told(person, classes, answering)),
    toldClasses(classes, answering).length,
    answering.threshold,
  ).measures;

/** The same measures with the intervals that only drawing people again can tell: those of the terminal, from the same seed. */
export const resampledFigures = (
  { task, classes }: Pick<ShownGroup, "task" | "classes">,
  people: readonly PersonAnswer[],
  answering: Answering,
  measures: readonly Measure[],
): Steps<readonly Measure[]> =>
  resampledSteps(
    measures,
    people.map((person) => told(person, classes, answering)),
    { task, classes: toldClasses(classes, answering).length, threshold: answering.threshold },
  );

/** One class and all others are two classes, of which it is the first. */
const toldClasses = (classes: readonly string[], { positive }: Answering): readonly string[] =>
  positive === null ? classes : [classes[positive] ?? "", ""];

/** The same with the codes of `toldClasses`; as it is where these are its own, to the last digit of its probabilities. */
function told<One extends PersonAnswer | SessionAnswer>(
  one: One,
  { length }: readonly string[],
  answering: Answering,
): One {
  const { truth, answer } = one;
  const { positive } = answering;
  if (positive === null || (positive === 0 && length === 2) || answer.kind !== "class") return one;
  const score = scoreOf(answer, answering);
  return {
    ...one,
    truth: truth === null ? null : trueCode(truth, answering),
    answer: {
      kind: "class",
      predicted: answeredCode(answer, { ...answering, threshold: null }),
      probabilities: Number.isNaN(score) ? null : [score, 1 - score],
    },
  };
}

/** What the shares among the figures are shares of, by their names: of two classes. */
export function sharesOf(confusion: ConfusionMatrix): Readonly<Record<string, Share>> {
  const all = confusion.flat().reduce((sum, count) => sum + count, 0);
  const { tp, fp, fn, tn, correct } = countsOf(confusion, 0);
  const accuracy = { count: correct, of: all };
  if (confusion.length !== 2) return { accuracy };
  return {
    accuracy,
    sensitivity: { count: tp, of: tp + fn },
    specificity: { count: tn, of: tn + fp },
    PPV: { count: tp, of: tp + fp },
    NPV: { count: tn, of: tn + fn },
  };
}
