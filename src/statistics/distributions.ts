/**
 * What p-values and intervals are read from. The gamma, beta and error functions are stdlib's (those of Boost and FreeBSD); each tail
 * is computed by itself, never as 1 less the other one, so that a p of 1e-26 has all its digits.
 */
import betainc from "@stdlib/math-base-special-betainc";
import betaincinv from "@stdlib/math-base-special-betaincinv";
import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";

/** Probability that a standard normal value lies as far from 0 as `z`, on either side. */
export const normalTwoSided = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** How many standard errors an interval of the confidence `level` reaches to each side: 1.96 at 0.95. */
export const normalReach = (level: number): number => Math.SQRT2 * erfcinv(1 - level);

/** Probability that a value of Student's t distribution lies as far from 0 as `t`, on either side. */
export const studentTwoSided = (t: number, freedom: number): number =>
  betainc(freedom / (freedom + t * t), freedom / 2, 0.5);

/** Probability that a value of Student's t distribution is `t` or more. */
export const studentAbove = (t: number, freedom: number): number =>
  t >= 0 ? studentTwoSided(t, freedom) / 2 : 1 - studentTwoSided(t, freedom) / 2;

/** `normalReach` for Student's t distribution. */
export function studentReach(level: number, freedom: number): number {
  const share = betaQuantile(1 - level, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - share)) / share);
}

/** Probability that a value of the chi-squared distribution is `statistic` or more; 1 without freedom. */
export const chiSquaredAbove = (statistic: number, freedom: number): number => {
  if (!(freedom > 0) || statistic <= 0) return 1;
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  return gammainc(statistic / 2, freedom / 2, true, true);
};

/** Probability that a value of the F distribution is `statistic` or more. */
export const fAbove = (statistic: number, freedom1: number, freedom2: number): number => {
  if (statistic <= 0) return 1;
  return betainc(freedom2 / (freedom2 + freedom1 * statistic), freedom2 / 2, freedom1 / 2);
};

/** The value that one of the F distribution exceeds with the probability `above`. */
export function fQuantileAbove(above: number, freedom1: number, freedom2: number): number {
  const share = betaQuantile(above, freedom2 / 2, freedom1 / 2);
  return (freedom2 * (1 - share)) / (freedom1 * share);
}

/** Probability that a value of the beta distribution is `x` or less. */
export const betaBelow = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : betainc(x, a, b);
};

/** Density of the beta distribution at `x` between 0 and 1. */
export const betaDensity = (x: number, a: number, b: number): number =>
  Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b));

/** The value that one of the beta distribution stays below with the probability `below`. */
export const betaQuantile = (below: number, a: number, b: number): number => betaincinv(below, a, b);

/** Probability of `count` or fewer successes of `trials`, each of the probability `p` (0 < p < 1). */
export const binomialAtMost = (count: number, trials: number, p: number): number => {
  if (count < 0) return 0;
  return count >= trials ? 1 : betainc(1 - p, trials - count, count + 1);
};

/** Probability of exactly `count` successes of `trials`, each of the probability `p` (0 < p < 1). */
export const binomialExactly = (count: number, trials: number, p: number): number =>
  Math.exp(logChoose(trials, count) + count * Math.log(p) + (trials - count) * Math.log1p(-p));

/** Logarithm of the gamma function. */
export const logGamma = (x: number): number => gammaln(x);

const logBeta = (a: number, b: number): number => gammaln(a) + gammaln(b) - gammaln(a + b);

/** Logarithm of the number of ways to choose `some` of `all`. */
export const logChoose = (all: number, some: number): number =>
  gammaln(all + 1) - gammaln(some + 1) - gammaln(all - some + 1);
