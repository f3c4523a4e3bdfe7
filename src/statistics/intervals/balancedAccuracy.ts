/**
 * Balanced accuracy, the mean of the recalls of K classes, and its intervals. With two classes the recalls are sensitivity and
 * specificity. `moverWilson` is the one to show: it has a width also where nobody was taken for a wrong class.
 */
import { normalReach } from "../distributions";
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { clipped, type Interval, logitLimits, USUAL_LEVEL } from "./interval";
import { type Share, wilson } from "./proportion";

/** Undefined where a class has nobody, or there is no class. */
export function balancedAccuracy(recalls: readonly Share[]): Figure {
  const missing = without(recalls);
  return missing ?? mean(recalls.map(({ count, of }) => count / of));
}

/** BA -+ z sqrt(sum of r (1 - r) / n) / K, within 0 and 1. Of no width where every recall is 0 or 1: not to be shown by itself. */
export function normalBalancedAccuracy(
  recalls: readonly Share[],
  level = USUAL_LEVEL,
): Figure<Interval<"normal">> {
  const accuracy = balancedAccuracy(recalls);
  if (isUndefined(accuracy)) return accuracy;
  const width = normalReach(level) * standardError(recalls);
  return { lower: clipped(accuracy - width), upper: clipped(accuracy + width), level, method: "normal" };
}

/** The normal interval on the scale of logarithmic odds. Undefined where balanced accuracy is 0 or 1 or its error 0. */
export function logitBalancedAccuracy(
  recalls: readonly Share[],
  level = USUAL_LEVEL,
): Figure<Interval<"logit">> {
  const accuracy = balancedAccuracy(recalls);
  if (isUndefined(accuracy)) return accuracy;
  const limits = logitLimits(accuracy, standardError(recalls), normalReach(level));
  return limits === null ? undefinedBecause("at-limit") : { ...limits, level, method: "logit" };
}

/**
 * From the Wilson intervals [l, u] of the recalls r: BA - sqrt(sum (r - l)^2) / K to BA + sqrt(sum (u - r)^2) / K (method of variance
 * estimates recovery: R. G. Newcombe, Statistics in Medicine 1998; G. Zou and A. Donner, Statistics in Medicine 2008).
 */
export function moverWilson(
  recalls: readonly Share[],
  level = USUAL_LEVEL,
): Figure<Interval<"mover-wilson">> {
  const accuracy = balancedAccuracy(recalls);
  if (isUndefined(accuracy)) return accuracy;
  let [below, above] = [0, 0];
  for (const share of recalls) {
    const limits = wilson(share, level);
    if (isUndefined(limits)) return limits;
    const recall = share.count / share.of;
    below += (recall - limits.lower) ** 2;
    above += (limits.upper - recall) ** 2;
  }
  const classes = recalls.length;
  return {
    lower: clipped(accuracy - Math.sqrt(below) / classes),
    upper: clipped(accuracy + Math.sqrt(above) / classes),
    level,
    method: "mover-wilson",
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function standardError(recalls: readonly Share[]): number {
  const variances = recalls.map(({ count, of }) => ((count / of) * (1 - count / of)) / of);
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0)) / recalls.length;
}

function without(recalls: readonly Share[]) {
  if (recalls.every(({ of }) => of > 0)) return recalls.length > 0 ? null : undefinedBecause("no-cases");
  if (recalls.length > 2) return undefinedBecause("class-without-cases");
  return undefinedBecause(recalls[0]!.of > 0 ? "no-negatives" : "no-positives");
}
