/**
 * The figures of people who are drawn again and again from the same ones. What each person adds to a figure, and the order of their
 * scores, are found once: a draw only counts and adds, and gives what the formulas give of its people, to the last digit.
 */
import { brierOfClassesOfEach, brierOfEach, logLossOfEach } from "../../statistics/calibration/scores";
import { type ConfusionMatrix, confusionMatrix } from "../../statistics/confusion";
import { type Figure, undefinedBecause } from "../../statistics/figure";
import { aucOfSteps, meanOfAreas } from "../../statistics/roc/auc";
import { averagePrecisionOfSteps } from "../../statistics/roc/precisionRecall";
import { countedSteps, ranked } from "../../statistics/roc/ranked";
import { oneAgainstRest } from "../../statistics/roc/scored";
import type { JudgedPerson } from "./measures";

/** Rows of the people who are judged; one who is drawn twice stands there twice. */
type Rows = readonly number[];

export interface JudgedDraws {
  readonly confusion: (rows: Rows) => ConfusionMatrix;
  /** Null where somebody's answer has no probabilities. */
  readonly graded: GradedDraws | null;
}

export interface GradedDraws {
  /** Of the first of two classes; of more, of each by code. */
  readonly averagePrecisions: (rows: Rows) => readonly Figure[];
  /** The mean of the classes' areas. */
  readonly macroAuc: (rows: Rows) => Figure;
  /** Of the first of two classes, of more the sum over them. */
  readonly brier: (rows: Rows) => Figure;
  readonly logLoss: (rows: Rows) => Figure;
}

/** @param classes how many */
export function judgedDraws(people: readonly JudgedPerson[], classes: number): JudgedDraws {
  const truth = people.map((person) => person.truth);
  const predicted = people.map((person) => person.predicted);
  const probabilities = people.flatMap((person) =>
    person.probabilities === null ? [] : [person.probabilities],
  );
  return {
    confusion: (rows) => confusionMatrix(truth, predicted, classes, rows),
    graded: probabilities.length < people.length ? null : gradedDraws(truth, probabilities, classes),
  };
}

function gradedDraws(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  classes: number,
): GradedDraws {
  const classified = { truth, probabilities };
  const codes = classes === 2 ? [0] : [...Array(classes).keys()];
  const scored = codes.map((code) => oneAgainstRest(truth, probabilities, code));
  const orders = scored.map(ranked);
  const times = new Uint32Array(truth.length);
  const stepsOf = (rows: Rows) => {
    times.fill(0);
    for (const row of rows) times[row]! += 1;
    return orders.map((order) => countedSteps(order, times));
  };
  const briers = classes === 2 ? scored.flatMap((one) => brierOfEach(one)) : brierOfClassesOfEach(classified);
  const logLosses = logLossOfEach(classified);
  return {
    averagePrecisions: (rows) => stepsOf(rows).map(averagePrecisionOfSteps),
    macroAuc: (rows) =>
      rows.length === 0 ? undefinedBecause("no-cases") : meanOfAreas(stepsOf(rows).map(aucOfSteps)),
    brier: (rows) => meanAt(briers, rows),
    logLoss: (rows) => meanAt(logLosses, rows),
  };
}

/** The values of these rows. */
export const at = (values: readonly number[], rows: Rows): readonly number[] =>
  rows.map((row) => values[row]!);

/** The mean of the values of these rows, undefined of none. In a loop: a list of each draw costs more than its sum. */
export function meanAt(values: readonly number[], rows: Rows): Figure {
  if (rows.length === 0) return undefinedBecause("no-cases");
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / rows.length;
}
