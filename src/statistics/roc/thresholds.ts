/** From which score on somebody is taken for the positive class, and what follows. A score of the threshold itself is positive. */
import type { ClassCounts } from "../confusion";
import { type Figure, isUndefined } from "../figure";
import { rocCurve } from "./rocCurve";
import type { Scored } from "./scored";

export interface BestThreshold {
  readonly threshold: number;
  /** Youden's J: sensitivity + specificity - 1. */
  readonly youden: number;
  readonly sensitivity: number;
  readonly specificity: number;
  /** All thresholds with this J, falling; the highest one is chosen. */
  readonly tied: readonly number[];
}

/**
 * The threshold with the largest sensitivity + specificity - 1 (W. Youden, Cancer 1950); infinite where none is better than to take nobody
 * for the positive class. Found on a group it flatters that group: choose it on the validation set. Undefined where a class has nobody.
 */
export function youdenThreshold(scored: Scored): Figure<BestThreshold> {
  const curve = rocCurve(scored);
  if (isUndefined(curve)) return curve;
  const { truePositives: positives, falsePositives: negatives } = curve.at(-1)!;
  // In whole numbers, so that ties are ties.
  const gains = curve.map((point) => point.truePositives * negatives - point.falsePositives * positives);
  const largest = gains.reduce((most, gain) => Math.max(most, gain), 0);
  const tied = curve.filter((_, i) => gains[i] === largest);
  const { threshold, truePositiveRate, falsePositiveRate } = tied[0]!;
  return {
    threshold,
    youden: truePositiveRate - falsePositiveRate,
    sensitivity: truePositiveRate,
    specificity: 1 - falsePositiveRate,
    tied: tied.map((point) => point.threshold),
  };
}

/** Who is taken for what at `threshold`. */
export function countsAt({ positive, scores }: Scored, threshold: number): ClassCounts {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (const [i, score] of scores.entries()) {
    if (positive[i]) score >= threshold ? tp++ : fn++;
    else score >= threshold ? fp++ : tn++;
  }
  return { tp, fp, fn, tn, correct: tp + tn };
}
