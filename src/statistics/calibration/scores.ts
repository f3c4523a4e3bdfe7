/** How far probabilities are from what came: proper scores, of which less is better. Each is the mean of what it is of each person. */
import { type Figure, undefinedBecause } from "../figure";
import { mean } from "../moments";
import type { Classified } from "../roc/auc";
import type { Scored } from "../roc/scored";

/** Mean of (p - y)^2 for one class (G. Brier, Monthly Weather Review 1950): 0 to 1; 1/4 for p = 1/2 throughout. */
export const brierScore = (scored: Scored): Figure => meanOf(brierOfEach(scored));

/** [n] */
export const brierOfEach = ({ positive, scores }: Scored): readonly number[] =>
  scores.map((p, i) => (p - (positive[i] ? 1 : 0)) ** 2);

/** Mean over the people of the sum over the classes, as Brier wrote it: 0 to 2, with two classes twice that of one. */
export const brierScoreOfClasses = (classified: Classified): Figure =>
  meanOf(brierOfClassesOfEach(classified));

/** [n] */
export const brierOfClassesOfEach = ({ truth, probabilities }: Classified): readonly number[] =>
  probabilities.map((row, i) =>
    row.reduce((sum, p, code) => sum + (p - (code === truth[i] ? 1 : 0)) ** 2, 0),
  );

/** That much a probability is kept from 0 and 1, so that one wrong answer that was sure does not make all infinite. */
const CLIP = Number.EPSILON;

/**
 * Mean of -ln of the probability of the right class, in nats: scikit-learn's `log_loss` (from 1.2 on: probabilities between 2.2e-16 and
 * 1 - 2.2e-16, then divided by the sum of their row).
 */
export const logLoss = (classified: Classified): Figure => meanOf(logLossOfEach(classified));

/** [n] */
export const logLossOfEach = ({ truth, probabilities }: Classified): readonly number[] =>
  probabilities.map((row, i) => {
    const clipped = row.map((p) => Math.min(1 - CLIP, Math.max(CLIP, p)));
    return -Math.log(clipped[truth[i]!]! / clipped.reduce((sum, p) => sum + p, 0));
  });

const meanOf = (values: readonly number[]): Figure =>
  values.length === 0 ? undefinedBecause("no-cases") : mean(values);
