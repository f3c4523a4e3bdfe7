/** How far probabilities are from what came: proper scores, of which less is better. */
import { type Figure, undefinedBecause } from "../figure";
import type { Classified } from "../roc/auc";
import type { Scored } from "../roc/scored";

/** Mean of (p - y)^2 for one class (G. Brier, Monthly Weather Review 1950): 0 to 1; 1/4 for p = 1/2 throughout. */
export function brierScore({ positive, scores }: Scored): Figure {
  if (scores.length === 0) return undefinedBecause("no-cases");
  return scores.reduce((sum, p, i) => sum + (p - (positive[i] ? 1 : 0)) ** 2, 0) / scores.length;
}

/** Mean over the people of the sum over the classes, as Brier wrote it: 0 to 2, with two classes twice that of one. */
export function brierScoreOfClasses({ truth, probabilities }: Classified): Figure {
  if (truth.length === 0) return undefinedBecause("no-cases");
  const squares = probabilities.map((row, i) =>
    row.reduce((sum, p, code) => sum + (p - (code === truth[i] ? 1 : 0)) ** 2, 0),
  );
  return squares.reduce((sum, square) => sum + square, 0) / truth.length;
}

/** That much a probability is kept from 0 and 1, so that one wrong answer that was sure does not make all infinite. */
const CLIP = Number.EPSILON;

/**
 * Mean of -ln of the probability of the right class, in nats: scikit-learn's `log_loss` (from 1.2 on: probabilities between 2.2e-16 and
 * 1 - 2.2e-16, then divided by the sum of their row).
 */
export function logLoss({ truth, probabilities }: Classified): Figure {
  if (truth.length === 0) return undefinedBecause("no-cases");
  const losses = probabilities.map((row, i) => {
    const clipped = row.map((p) => Math.min(1 - CLIP, Math.max(CLIP, p)));
    return -Math.log(clipped[truth[i]!]! / clipped.reduce((sum, p) => sum + p, 0));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / truth.length;
}
