/** Whether two areas under ROC curves differ by more than chance (E. DeLong, D. DeLong and D. Clarke-Pearson, Biometrics 1988). */
import { normalReach, normalTwoSided, studentTwoSided } from "../distributions";
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { USUAL_LEVEL } from "../intervals/interval";
import { aucCovariance, placements } from "../roc/placements";
import type { Scored } from "../roc/scored";

export interface PairedAucTest {
  readonly test: "delong-paired";
  /** Area of the first less that of the second. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** Difference in standard errors; null where both rank the people alike, so that there is no error and p is 1. */
  readonly z: number | null;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Two scores of the same people: z = (A1 - A2) / sqrt(V1 + V2 - 2 C), as pROC's `roc.test(paired=TRUE)`. Undefined where a class has
 * fewer than two people, and where the areas differ without any variance (both are 0 or 1).
 * @param positive whether each is of the positive class: [n]
 * @param people whose each score is, where people have several sessions: [n]
 */
export function delongPaired(
  positive: readonly boolean[],
  scores: readonly [readonly number[], readonly number[]],
  { level = USUAL_LEVEL, people }: { readonly level?: number; readonly people?: readonly string[] } = {},
): Figure<PairedAucTest> {
  const a = placements({ positive, scores: scores[0] }, people);
  const b = placements({ positive, scores: scores[1] }, people);
  if (isUndefined(a)) return a;
  if (isUndefined(b)) return b;
  const [va, vb, covariance] = [aucCovariance(a, a), aucCovariance(b, b), aucCovariance(a, b)];
  if (isUndefined(va) || isUndefined(vb) || isUndefined(covariance)) return undefinedBecause("too-few-cases");
  const difference = a.auc - b.auc;
  // Of scores that rank everybody alike it is 0 exactly: all three are the same sum.
  const variance = va + vb - 2 * covariance;
  const known = { test: "delong-paired", difference, level } as const;
  if (!(variance > 0)) {
    if (difference !== 0) return undefinedBecause("no-variance");
    return { ...known, lower: 0, upper: 0, z: null, p: 1 };
  }
  const error = Math.sqrt(variance);
  const width = normalReach(level) * error;
  const z = difference / error;
  return { ...known, lower: difference - width, upper: difference + width, z, p: normalTwoSided(z) };
}

export interface UnpairedAucTest {
  readonly test: "delong-unpaired";
  readonly difference: number;
  readonly statistic: number;
  readonly freedom: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Areas of different people: D = (A1 - A2) / sqrt(V1 + V2), by Student's t with the degrees of freedom of Welch and Satterthwaite, as
 * pROC's `roc.test(paired=FALSE)`. Undefined where a class has fewer than two people, and where one of the
 * areas has no variance (is 0 or 1): as if no error were possible, p would be too small.
 */
export function delongUnpaired(first: Scored, second: Scored): Figure<UnpairedAucTest> {
  const [a, b] = [placements(first), placements(second)];
  if (isUndefined(a)) return a;
  if (isUndefined(b)) return b;
  const [va, vb] = [aucCovariance(a, a), aucCovariance(b, b)];
  if (isUndefined(va)) return va;
  if (isUndefined(vb)) return vb;
  if (!(va > 0 && vb > 0)) return undefinedBecause("no-variance");
  const difference = a.auc - b.auc;
  const statistic = difference / Math.sqrt(va + vb);
  const shareOfFreedom = (variance: number, { positive }: Scored) => variance ** 2 / (positive.length - 1);
  const freedom = (va + vb) ** 2 / (shareOfFreedom(va, first) + shareOfFreedom(vb, second));
  return {
    test: "delong-unpaired",
    difference,
    statistic,
    freedom,
    p: studentTwoSided(statistic, freedom),
  };
}
