/**
 * Whether of the people with a probability of 0.8 eight in ten are of the class: probabilities in bins, in each the mean probability and
 * the share that is of the class. Bins are closed on the right, the first one on the left too (scikit-learn's `calibration_curve`).
 */
import { argmax } from "../answer";
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { percentile } from "../percentile";
import type { Classified } from "../roc/auc";
import type { Scored } from "../roc/scored";

/** As wide as each other, or with as many people each. */
export type Binning = "uniform" | "quantile";

export interface CalibrationBin {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Of them of the class: their share and its interval are those of `positives` of `count`. */
  readonly positives: number;
  /** Null in an empty bin. */
  readonly meanScore: number | null;
  /** Null in an empty bin. */
  readonly share: number | null;
}

/**
 * All bins, empty ones too: with quantiles, equal scores make equal edges, between which nobody is. Undefined without people.
 * @param scored probabilities, 0 to 1
 */
export function calibrationCurve(
  { positive, scores }: Scored,
  { bins, binning = "uniform" }: { readonly bins: number; readonly binning?: Binning },
): Figure<readonly CalibrationBin[]> {
  if (scores.length === 0) return undefinedBecause("no-cases");
  const edges = binning === "uniform" ? uniformEdges(bins) : quantileEdges(scores, bins);
  const members: number[][] = Array.from({ length: bins }, () => []);
  const inner = edges.slice(1, -1);
  for (const [i, score] of scores.entries()) members[inner.filter((edge) => edge < score).length]!.push(i);
  return members.map((rows, bin) => {
    const count = rows.length;
    const positives = rows.filter((i) => positive[i]).length;
    const sum = rows.reduce((total, i) => total + scores[i]!, 0);
    return {
      lower: edges[bin]!,
      upper: edges[bin + 1]!,
      count,
      positives,
      meanScore: count > 0 ? sum / count : null,
      share: count > 0 ? positives / count : null,
    };
  });
}

const uniformEdges = (bins: number) =>
  Array.from({ length: bins + 1 }, (_, i) => (i === bins ? 1 : i * (1 / bins)));

function quantileEdges(scores: readonly number[], bins: number): number[] {
  const sorted = Float64Array.from(scores).sort();
  // Through percents, as there: an edge that is a score stays one.
  return uniformEdges(bins).map((fraction) => percentile(sorted, (fraction * 100) / 100));
}

export interface CalibrationError {
  /** Expected calibration error: the mean over the people of the gap of their bin. */
  readonly expected: number;
  /** Maximum calibration error: the largest gap of a bin. */
  readonly maximum: number;
  readonly bins: number;
}

/** Gaps |share - mean score| of bins of the same width. They depend on the number of bins, which is therefore said with them. */
export function calibrationError(scored: Scored, bins: number): Figure<CalibrationError> {
  const curve = calibrationCurve(scored, { bins });
  if (isUndefined(curve)) return curve;
  let [expected, maximum] = [0, 0];
  for (const { count, share, meanScore } of curve) {
    if (share === null || meanScore === null) continue;
    const gap = Math.abs(share - meanScore);
    expected += (count / scored.scores.length) * gap;
    maximum = Math.max(maximum, gap);
  }
  return { expected, maximum, bins };
}

/**
 * The same of the confidence, the probability of the class that was answered, against whether the answer was right (C. Guo and others,
 * ICML 2017): the figure that papers of deep networks mean by ECE.
 */
export const confidenceError = (
  { truth, probabilities }: Classified,
  bins: number,
): Figure<CalibrationError> =>
  calibrationError(
    {
      positive: probabilities.map((row, i) => argmax(row) === truth[i]),
      scores: probabilities.map((row) => row[argmax(row)]!),
    },
    bins,
  );
