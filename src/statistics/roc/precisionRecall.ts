import { type Figure, undefinedBecause } from "../figure";
import { type CountedSteps, countedSteps, ranked } from "./ranked";
import { type Scored, type Step, stepsOf } from "./scored";

export interface PrecisionRecallPoint {
  /** Null at the end of the curve, where nobody is taken for the positive class. */
  readonly threshold: number | null;
  /** Positive predictive value. */
  readonly precision: number;
  /** Sensitivity. */
  readonly recall: number;
}

/**
 * One point for each distinct score, thresholds rising, and the end (recall 0, precision 1 by convention): scikit-learn's
 * `precision_recall_curve`. Undefined where nobody is positive.
 */
export function precisionRecallCurve(scored: Scored): Figure<readonly PrecisionRecallPoint[]> {
  const steps = stepsOf(scored);
  const positives = steps.at(-1)?.truePositives;
  if (positives === undefined) return undefinedBecause("no-cases");
  if (positives === 0) return undefinedBecause("no-positives");
  const points = steps.toReversed().map((step) => pointOf(step, positives));
  return [...points, { threshold: null, precision: 1, recall: 0 }];
}

function pointOf({ threshold, truePositives, falsePositives }: Step, positives: number) {
  return {
    threshold,
    precision: truePositives / (truePositives + falsePositives),
    recall: truePositives / positives,
  };
}

/**
 * Sum over the thresholds of precision times the recall that it adds: scikit-learn's `average_precision_score`. Without interpolation,
 * which makes the area under the trapezoids of the curve too large (J. Davis and M. Goadrich, ICML 2006).
 */
export const averagePrecision = (scored: Scored): Figure =>
  averagePrecisionOfSteps(countedSteps(ranked(scored)));

/** The same of people who are counted already. */
export function averagePrecisionOfSteps({ truePositives, falsePositives }: CountedSteps): Figure {
  const positives = truePositives.at(-1);
  if (positives === undefined) return undefinedBecause("no-cases");
  if (positives === 0) return undefinedBecause("no-positives");
  let sum = 0;
  // Thresholds rising, as the points of the curve.
  for (let step = truePositives.length - 1; step >= 0; step--) {
    const [right, before] = [truePositives[step]!, step > 0 ? truePositives[step - 1]! : 0];
    sum += (right / (right + falsePositives[step]!)) * (right / positives - before / positives);
  }
  return sum;
}
