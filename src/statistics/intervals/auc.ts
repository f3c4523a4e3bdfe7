/** Intervals of the area under the ROC curve, and what stands in for them where their formula has nothing to say. */
import { normalReach } from "../distributions";
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { aucCovariance, type Placements, placements } from "../roc/placements";
import type { Scored } from "../roc/scored";
import { clipped, type Interval, logitLimits, USUAL_LEVEL } from "./interval";

/** Why the interval is not DeLong's own. */
export type InsteadOfDeLong =
  /** A class has few people, for whom DeLong's interval is too narrow: it is made on the scale of logarithmic odds. */
  | "few-people"
  /** The area is 0 or 1: there DeLong's interval has no width, as if no error were possible. */
  | "auc-at-limit"
  /** The scores vary so little that DeLong's variance is 0. */
  | "no-variance"
  /** A class has one person only, of which there is no variance. */
  | "one-person";

export interface AucInterval extends Interval<"delong" | "delong-logit" | "newcombe-score"> {
  readonly auc: number;
  /** Null where the interval is DeLong's own. */
  readonly instead: InsteadOfDeLong | null;
}

export interface AucIntervalOptions {
  readonly level?: number;
  /** Whose each score is, where people have several sessions: [n]. */
  readonly people?: readonly string[];
}

/**
 * In the smaller class, below which the logit form is shown. DeLong's own interval of 95 % holds an area of 0.9 only 87 times in 100 with
 * 10 people of each class, 90 with 25 and 85 with 10 against 90, its logit form 98, 96 and 91 times; from 50 of each class on they are
 * alike (1500 studies each, scores normally distributed).
 */
const FEW_PEOPLE = 50;

/**
 * The interval to show, which panel, terminal and report take from here: DeLong's; where a class has fewer than FEW_PEOPLE people its logit
 * form; where neither exists or has a width Newcombe's. `instead` says why it is not DeLong's own. Undefined where a class has nobody.
 */
export function aucInterval(
  scored: Scored,
  { level = USUAL_LEVEL, people }: AucIntervalOptions = {},
): Figure<AucInterval> {
  const places = placements(scored, people);
  if (isUndefined(places)) return places;
  const { auc } = places;
  const [cases, controls] = [countOf(places, "cases"), countOf(places, "controls")];
  const variance = aucCovariance(places, places);
  const instead = reasonAgainstDeLong(auc, variance);
  if (instead === null && !isUndefined(variance)) {
    if (Math.min(cases, controls) >= FEW_PEOPLE)
      return { ...delongLimits(auc, variance, level), auc, level, method: "delong", instead };
    const limits = logitLimits(auc, Math.sqrt(variance), normalReach(level));
    if (limits !== null) return { ...limits, auc, level, method: "delong-logit", instead: "few-people" };
  }
  const limits = newcombeLimits(auc, cases, controls, level);
  return { ...limits, auc, level, method: "newcombe-score", instead };
}

/** DeLong's interval on the scale of logarithmic odds. Undefined where the area is 0 or 1, or does not vary. */
export function delongLogitInterval(
  scored: Scored,
  { level = USUAL_LEVEL, people }: AucIntervalOptions = {},
): Figure<Interval<"delong-logit">> {
  const places = placements(scored, people);
  if (isUndefined(places)) return places;
  const variance = aucCovariance(places, places);
  if (isUndefined(variance)) return variance;
  const limits = logitLimits(places.auc, Math.sqrt(Math.max(0, variance)), normalReach(level));
  if (limits !== null) return { ...limits, level, method: "delong-logit" };
  return undefinedBecause(places.auc === 0 || places.auc === 1 ? "at-limit" : "no-variance");
}

/** area -+ z sqrt(variance), within 0 and 1: pROC's `ci.auc`. */
export function delongLimits(auc: number, variance: number, level: number) {
  const width = normalReach(level) * Math.sqrt(Math.max(0, variance));
  return { lower: clipped(auc - width), upper: clipped(auc + width) };
}

function reasonAgainstDeLong(auc: number, variance: Figure): InsteadOfDeLong | null {
  if (auc === 0 || auc === 1) return "auc-at-limit";
  if (isUndefined(variance)) return "one-person";
  return variance > 0 ? null : "no-variance";
}

const countOf = ({ people, cases, controls }: Placements, of: "cases" | "controls"): number =>
  people === null ? { cases, controls }[of].length : new Set(people[of]).size;

/**
 * All areas A that lie within z standard errors of the one found, the error being that of A itself, as in Wilson's interval of a share,
 * which it is with one person a class: (found - A)^2 = z^2 V(A), V(A) = A (1 - A) (1 + (N - 1) ((1 - A) / (2 - A) + A / (1 + A))) / (m n),
 * N = (m + n) / 2. R. G. Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part 2",
 * Statistics in Medicine 2006, method 5. It has a width also at 0 and 1.
 * @param cases people of the positive class
 * @param controls the others
 */
export function newcombeLimits(auc: number, cases: number, controls: number, level: number) {
  const reach = normalReach(level);
  const error = (area: number) => {
    const exponential = (1 - area) / (2 - area) + area / (1 + area);
    const variance = area * (1 - area) * (1 + ((cases + controls) / 2 - 1) * exponential);
    return Math.sqrt(variance / (cases * controls));
  };
  /** The limit below `found`, of which the one above 1 - `found` is the mirror image. */
  const below = (found: number) => {
    let [low, high] = [0, found];
    while (true) {
      const middle = (low + high) / 2;
      if (middle <= low || middle >= high) return low;
      if (found - middle > reach * error(middle)) low = middle;
      else high = middle;
    }
  };
  return { lower: below(auc), upper: 1 - below(1 - auc) };
}
