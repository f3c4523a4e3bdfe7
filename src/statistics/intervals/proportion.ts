/**
 * Intervals of a share: sensitivity, specificity, accuracy, predictive values. Compared by L. Brown, T. Cai and A. DasGupta, "Interval
 * estimation for a binomial proportion", Statistical Science 2001. Counts may be fractions where people with several sessions count
 * less than their sessions (`clusteredShare`).
 */
import { betaQuantile, normalReach } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { clipped, type Interval, USUAL_LEVEL } from "./interval";

/** `count` of `of`, 0 <= count <= of. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** The share itself; undefined where it is a share of nobody. */
export const shareOf = ({ count, of }: Share): Figure => (of > 0 ? count / of : undefinedBecause("no-cases"));

/** E. B. Wilson, JASA 1927, without correction for continuity: begins at 0 exactly where nobody is counted, ends at 1 where all are. */
export function wilson({ count, of }: Share, level = USUAL_LEVEL): Figure<Interval<"wilson">> {
  if (!(of > 0)) return undefinedBecause("no-cases");
  const z = normalReach(level);
  const share = count / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const width = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return {
    lower: count <= 0 ? 0 : centre - width,
    upper: count >= of ? 1 : centre + width,
    level,
    method: "wilson",
  };
}

/** C. Clopper and E. Pearson, Biometrika 1934: exact, never too narrow, so mostly too wide. Quantiles of beta distributions. */
export function clopperPearson(
  { count, of }: Share,
  level = USUAL_LEVEL,
): Figure<Interval<"clopper-pearson">> {
  if (!(of > 0)) return undefinedBecause("no-cases");
  const tail = (1 - level) / 2;
  return {
    lower: count <= 0 ? 0 : betaQuantile(tail, count, of - count + 1),
    upper: count >= of ? 1 : betaQuantile(1 - tail, count + 1, of - count),
    level,
    method: "clopper-pearson",
  };
}

/** A. Agresti and B. Coull, The American Statistician 1998: z^2 / 2 more of each kind, then the normal interval. */
export function agrestiCoull({ count, of }: Share, level = USUAL_LEVEL): Figure<Interval<"agresti-coull">> {
  if (!(of > 0)) return undefinedBecause("no-cases");
  const z = normalReach(level);
  return {
    ...normalLimits({ count: count + z ** 2 / 2, of: of + z ** 2 }, z),
    level,
    method: "agresti-coull",
  };
}

/** Equal tails of the posterior of a share under Jeffreys' prior: Beta(count + 1/2, of - count + 1/2). */
export function jeffreys({ count, of }: Share, level = USUAL_LEVEL): Figure<Interval<"jeffreys">> {
  if (!(of > 0)) return undefinedBecause("no-cases");
  const tail = (1 - level) / 2;
  const quantile = (below: number) => betaQuantile(below, count + 0.5, of - count + 0.5);
  return { lower: quantile(tail), upper: quantile(1 - tail), level, method: "jeffreys" };
}

/** share -+ z sqrt(share (1 - share) / of), within 0 and 1. Of no width at a share of 0 or 1: not to be shown by itself. */
export function normalShare(share: Share, level = USUAL_LEVEL): Figure<Interval<"normal">> {
  if (!(share.of > 0)) return undefinedBecause("no-cases");
  return { ...normalLimits(share, normalReach(level)), level, method: "normal" };
}

function normalLimits({ count, of }: Share, reach: number) {
  const share = count / of;
  const width = reach * Math.sqrt((share * (1 - share)) / of);
  return { lower: clipped(share - width), upper: clipped(share + width) };
}

/**
 * A share of sessions as one of people, for the intervals of shares: the counts of sessions divided by how much more the share varies
 * with the people than sessions of as many people would let it (the design effect). J. N. K. Rao and A. J. Scott, "A simple method
 * for the analysis of clustered binary data", Biometrics 1992, with 1 / m for their m / (m - 1) / m, so that people with one session each
 * count as they are. Counts are never raised. A share of 0 or 1 varies with nobody: there each person counts once.
 * @param hits of each session whether it is counted
 * @param people of each session whose it is
 */
export function clusteredShare(hits: readonly boolean[], people: readonly string[]): Share {
  const of = hits.length;
  const count = hits.filter(Boolean).length;
  const share = count / of;
  const sums = new Map<string, { sessions: number; hits: number }>();
  for (const [i, person] of people.entries()) {
    const sum = sums.get(person) ?? { sessions: 0, hits: 0 };
    sums.set(person, { sessions: sum.sessions + 1, hits: sum.hits + (hits[i] ? 1 : 0) });
  }
  if (count === 0 || count === of) return { count: count === 0 ? 0 : sums.size, of: sums.size };
  let squares = 0;
  for (const one of sums.values()) squares += (one.hits - one.sessions * share) ** 2;
  const effect = Math.max(1, squares / of / (share * (1 - share)));
  return { count: count / effect, of: of / effect };
}
