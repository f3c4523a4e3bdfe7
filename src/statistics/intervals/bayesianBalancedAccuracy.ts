import { type Figure, isUndefined } from "../figure";
import { balancedAccuracy } from "./balancedAccuracy";
import { type Interval, USUAL_LEVEL } from "./interval";
import type { Share } from "./proportion";
import { betaLaw, type Law, quantileOf, sumLaw, tabulated } from "./sumLaw";

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
