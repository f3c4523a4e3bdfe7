/**
 * Area under the ROC curve: the probability that a score of the positive class is larger than one of the others, ties half (the
 * statistic of Mann and Whitney; J. Hanley and B. McNeil, Radiology 1982). Of several classes: the mean of each against all others.
 */
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../figure";
import { withoutClass } from "./rocCurve";
import { oneAgainstRest, type Scored, stepsOf } from "./scored";

/** 0 to 1; 1/2 for scores that say nothing, 0 for the reverse of the truth. Undefined where a class has nobody. */
export function auc(scored: Scored): Figure {
  const steps = stepsOf(scored);
  const last = steps.at(-1);
  const missing = withoutClass(last);
  if (last === undefined || missing !== null) return missing ?? undefinedBecause("no-cases");
  // Twice the number of pairs in the right order: whole numbers, so that an area of 1 is 1 exactly.
  let twice = 0;
  let [truePositives, falsePositives] = [0, 0];
  for (const step of steps) {
    twice += (step.falsePositives - falsePositives) * (step.truePositives + truePositives);
    ({ truePositives, falsePositives } = step);
  }
  return twice / (2 * truePositives * falsePositives);
}

/** Class codes [n] and their probabilities [n, classes]. */
export interface Classified {
  readonly truth: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

/** The area of each class against all others, by code. */
export const aucOfEachClass = ({ truth, probabilities }: Classified): readonly Figure[] =>
  (probabilities[0] ?? []).map((_, code) => auc(oneAgainstRest(truth, probabilities, code)));

/** Mean of the classes' areas, each counting the same. Undefined where a class has nobody. */
export const macroAuc = (classified: Classified): Figure => meanOfAll(aucOfEachClass(classified));

const meanOfAll = (figures: readonly Figure[]): Figure =>
  mapFigure(allOf(figures), (values) => values.reduce((sum, value) => sum + value, 0) / values.length);

/** The values where all exist. */
export function allOf(figures: readonly Figure[]): Figure<readonly number[]> {
  if (figures.length === 0) return undefinedBecause("no-cases");
  const values = figures.filter((figure): figure is number => !isUndefined(figure));
  return values.length === figures.length ? values : undefinedBecause("class-without-cases");
}
