/**
 * Area under the ROC curve: the probability that a score of the positive class is larger than one of the others, ties half (the
 * statistic of Mann and Whitney; J. Hanley and B. McNeil, Radiology 1982). Of several classes: the mean of each against all others.
 */
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../figure";
import { type CountedSteps, countedSteps, ranked } from "./ranked";
import { withoutClass } from "./rocCurve";
import { oneAgainstRest, type Scored } from "./scored";

/** 0 to 1; 1/2 for scores that say nothing, 0 for the reverse of the truth. Undefined where a class has nobody. */
export const auc = (scored: Scored): Figure => aucOfSteps(countedSteps(ranked(scored)));

/** The same of people who are counted already. */
export function aucOfSteps({ truePositives, falsePositives }: CountedSteps): Figure {
  const [positives, negatives] = [truePositives.at(-1), falsePositives.at(-1)];
  if (positives === undefined || negatives === undefined) return undefinedBecause("no-cases");
  const missing = withoutClass({ truePositives: positives, falsePositives: negatives });
  if (missing !== null) return missing;
  // Twice the number of pairs in the right order: whole numbers, so that an area of 1 is 1 exactly.
  let twice = 0;
  let [trueBefore, falseBefore] = [0, 0];
  for (let step = 0; step < truePositives.length; step++) {
    const [right, wrong] = [truePositives[step]!, falsePositives[step]!];
    twice += (wrong - falseBefore) * (right + trueBefore);
    [trueBefore, falseBefore] = [right, wrong];
  }
  return twice / (2 * positives * negatives);
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
export const macroAuc = (classified: Classified): Figure => meanOfAreas(aucOfEachClass(classified));

/** The same of areas that are known. */
export const meanOfAreas = (figures: readonly Figure[]): Figure =>
  mapFigure(allOf(figures), (values) => values.reduce((sum, value) => sum + value, 0) / values.length);

/** The values where all exist. */
export function allOf(figures: readonly Figure[]): Figure<readonly number[]> {
  if (figures.length === 0) return undefinedBecause("no-cases");
  const values = figures.filter((figure): figure is number => !isUndefined(figure));
  return values.length === figures.length ? values : undefinedBecause("class-without-cases");
}
