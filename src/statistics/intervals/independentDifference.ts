/**
 * How far two figures of different people are apart: nobody is in both groups, so that what one of them says has nothing to do with the
 * other, and the interval of the difference follows from those of the two.
 */
import { type Figure, isUndefined } from "../figure";
import type { Scored } from "../roc/scored";
import { aucInterval } from "./auc";
import { balancedAccuracy, moverWilson } from "./balancedAccuracy";
import { type Interval, USUAL_LEVEL } from "./interval";
import { type Share, shareOf, wilson } from "./proportion";

export interface DifferenceInterval<Method extends string = string> extends Interval<Method> {
  /** First less second. */
  readonly difference: number;
}

/** A figure with its interval. */
interface Estimate extends Pick<Interval, "lower" | "upper"> {
  readonly value: number;
}

/**
 * From figures a and b with their intervals [l, u]: a - b - sqrt((a - la)^2 + (ub - b)^2) to a - b + sqrt((ua - a)^2 + (b - lb)^2), each
 * limit from the two that make it (G. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 2008). Of normal intervals it is a - b -+ z sqrt(Va + Vb); of others it keeps that they lean to one side, and
 * has a width also where a figure is 0 or 1.
 */
function squareAndAdd(a: Estimate, b: Estimate) {
  const difference = a.value - b.value;
  return {
    difference,
    lower: difference - Math.hypot(a.value - a.lower, b.upper - b.value),
    upper: difference + Math.hypot(a.upper - a.value, b.value - b.lower),
  };
}

/**
 * Two shares, by their Wilson intervals: R. G. Newcombe, "Interval estimation for the difference between independent proportions:
 * comparison of eleven methods", Statistics in Medicine 1998, method 10, without correction for continuity. Undefined where one is a
 * share of nobody.
 */
export function differenceOfShares(
  first: Share,
  second: Share,
  level = USUAL_LEVEL,
): Figure<DifferenceInterval<"newcombe-hybrid">> {
  const [a, b] = [
    estimate(shareOf(first), wilson(first, level)),
    estimate(shareOf(second), wilson(second, level)),
  ];
  if (isUndefined(a)) return a;
  if (isUndefined(b)) return b;
  return { ...squareAndAdd(a, b), level, method: "newcombe-hybrid" };
}

/**
 * Two balanced accuracies, by the interval that is shown of each (`moverWilson`): the same as squaring and adding what every recall of
 * both is away from its Wilson limits. Undefined where a class has nobody in one of the groups.
 * @param first one share a class
 * @param second the same classes of the other group
 */
export function differenceOfBalancedAccuracies(
  first: readonly Share[],
  second: readonly Share[],
  level = USUAL_LEVEL,
): Figure<DifferenceInterval<"mover-wilson">> {
  const [a, b] = [first, second].map((recalls) =>
    estimate(balancedAccuracy(recalls), moverWilson(recalls, level)),
  );
  if (isUndefined(a!)) return a;
  if (isUndefined(b!)) return b;
  return { ...squareAndAdd(a!, b!), level, method: "mover-wilson" };
}

/**
 * Two areas under ROC curves, by the interval that is shown of each (`aucInterval`): with 50 people and more in every class DeLong's, so
 * that it is A1 - A2 -+ z sqrt(V1 + V2) (E. DeLong, D. DeLong and D. Clarke-Pearson, Biometrics 1988); of fewer people and of areas of 0
 * and 1 what stands there for DeLong's. Undefined where a class has nobody in one of the groups.
 */
export function differenceOfAreas(
  first: Scored,
  second: Scored,
  level = USUAL_LEVEL,
): Figure<DifferenceInterval<"mover-auc">> {
  const [a, b] = [aucInterval(first, { level }), aucInterval(second, { level })];
  if (isUndefined(a)) return a;
  if (isUndefined(b)) return b;
  return { ...squareAndAdd({ ...a, value: a.auc }, { ...b, value: b.auc }), level, method: "mover-auc" };
}

function estimate(value: Figure, limits: Figure<Interval>): Figure<Estimate> {
  if (isUndefined(value)) return value;
  return isUndefined(limits) ? limits : { value, lower: limits.lower, upper: limits.upper };
}
