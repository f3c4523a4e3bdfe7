/**
 * Intervals of a share: sensitivity, specificity, accuracy, predictive values. Compared by L. Brown, T. Cai and A. DasGupta, "Interval
 * estimation for a binomial proportion", Statistical Science 2001.
 */
import { betaQuantile, normalReach } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { type Interval, USUAL_LEVEL } from "./interval";

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
