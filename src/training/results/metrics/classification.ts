/**
 * Metrics of a classification from its confusion matrix, by ClinicaDL's names and formulas. A ratio whose denominator is 0
 * is 0. With two classes the positive one is code 0 (AD against CN: AD); with more, each class in turn against the rest.
 */
import { TASK_METRICS } from "../../../experiment/metricNames";
import type { Metrics } from "../../../run/events";

/** Rows true class, columns predicted class, by code. */
export type ConfusionMatrix = readonly (readonly number[])[];

export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) matrix[truth[i]!]![predicted[i]!]! += 1;
  return matrix;
}

/**
 * Metrics in the order of ClinicaDL's files. Two classes: one value a metric. More: `<metric>-<code>` for each class, and
 * one `accuracy`.
 */
export function classificationMetrics(confusion: ConfusionMatrix): Metrics {
  if (confusion.length === 2) return onePositiveClass(confusion, 0);
  const perClass = confusion.map((_, positive) => onePositiveClass(confusion, positive));
  const metrics: Record<string, number> = {};
  for (const name of TASK_METRICS.classification) {
    if (name === "accuracy") metrics[name] = perClass[0]![name]!;
    else for (const [code, values] of perClass.entries()) metrics[`${name}-${code}`] = values[name]!;
  }
  return metrics;
}

/** One value a metric whatever the number of classes: the mean over the classes, as in training.tsv. */
export function meanOverClasses(confusion: ConfusionMatrix): Metrics {
  if (confusion.length === 2) return onePositiveClass(confusion, 0);
  const perClass = confusion.map((_, positive) => onePositiveClass(confusion, positive));
  return Object.fromEntries(
    TASK_METRICS.classification.map((name) => [
      name,
      perClass.reduce((sum, values) => sum + values[name]!, 0) / perClass.length,
    ]),
  );
}

function onePositiveClass(confusion: ConfusionMatrix, positive: number): Metrics {
  let [tp, fp, fn, tn, correct] = [0, 0, 0, 0, 0];
  for (const [truth, row] of confusion.entries()) {
    for (const [predicted, count] of row.entries()) {
      if (truth === predicted) correct += count;
      if (truth === positive && predicted === positive) tp += count;
      else if (truth === positive) fn += count;
      else if (predicted === positive) fp += count;
      else tn += count;
    }
  }
  const sensitivity = ratio(tp, tp + fn);
  const specificity = ratio(tn, tn + fp);
  const ppv = ratio(tp, tp + fp);
  const npv = ratio(tn, tn + fn);
  return {
    BA: (sensitivity + specificity) / 2,
    accuracy: ratio(correct, tp + fp + fn + tn),
    F1_score: ratio(2 * ppv * sensitivity, ppv + sensitivity),
    sensitivity,
    specificity,
    PPV: ppv,
    NPV: npv,
    MCC: ratio(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))),
    MK: ppv + npv - 1,
    LR_plus: ratio(sensitivity, 1 - specificity),
    LR_minus: ratio(1 - sensitivity, specificity),
  };
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
