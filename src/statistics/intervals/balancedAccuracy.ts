/**
 * Balanced accuracy, the mean of the recalls of K classes, and its intervals. With two classes the recalls are sensitivity and
 * specificity. `moverWilson` is the one to show: it has a width also where nobody was taken for a wrong class.
 */
import { normalReach } from "../distributions";
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { clipped, type Interval, logitLimits, USUAL_LEVEL } from "./interval";
import { type Share, wilson } from "./proportion";
import { betaLaw, type Law, quantileOf, sumLaw, tabulated } from "./sumLaw";

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

export interface BayesianInterval extends Interval<"bayesian"> {
  readonly mean: number;
  readonly median: number;
  /** Probability that balanced accuracy is above 1 / classes, what guessing reaches. */
  readonly aboveChance: number;
}

/**
 * Balanced accuracy given what was counted, each recall being beta distributed by itself: Beta(count + 1, of - count + 1), from a flat
 * prior (K. Brodersen, C. S. Ong, K. Stephan and J. Buhmann, ICPR 2010). Equal tails. Undefined where a class has nobody.
 * @param recalls one share a class
 */
export function bayesianBalancedAccuracy(
  recalls: readonly Share[],
  level = USUAL_LEVEL,
): Figure<BayesianInterval> {
  const observed = balancedAccuracy(recalls);
  if (isUndefined(observed)) return observed;
  const law = posterior(recalls);
  const classes = recalls.length;
  return {
    lower: quantileOf(law, (1 - level) / 2),
    upper: quantileOf(law, (1 + level) / 2),
    level,
    method: "bayesian",
    mean: recalls.reduce((sum, { count, of }) => sum + (count + 1) / (of + 2), 0) / classes,
    median: quantileOf(law, 0.5),
    aboveChance: 1 - law.below(1 / classes),
  };
}

/** The distribution of the mean of the recalls. */
export function posterior(recalls: readonly Share[]): Law {
  const [first, ...others] = recalls.map(({ count, of }) => betaLaw(count + 1, of - count + 1));
  const sum = others.reduce((law, other, i) => sumLaw(i === 0 ? law : tabulated(law), other), first!);
  const classes = recalls.length;
  return {
    lower: sum.lower / classes,
    upper: sum.upper / classes,
    below: (x) => sum.below(x * classes),
    density: (x) => sum.density(x * classes) * classes,
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
