import { type Figure, type Undefined, undefinedBecause } from "../figure";
import { type Scored, type Step, stepsOf } from "./scored";

/** A point of the receiver operating characteristic. */
export interface RocPoint extends Step {
  /** 1 - specificity. */
  readonly falsePositiveRate: number;
  /** Sensitivity. */
  readonly truePositiveRate: number;
}

/**
 * One point for each distinct score, as scikit-learn's `roc_curve(drop_intermediate=False)`: thresholds fall, the first one is infinite
 * (nobody is positive), at the last one all are. Undefined where a class has nobody.
 */
export function rocCurve(scored: Scored): Figure<readonly RocPoint[]> {
  const steps = stepsOf(scored);
  const last = steps.at(-1);
  const missing = withoutClass(last);
  if (last === undefined || missing !== null) return missing ?? undefinedBecause("no-cases");
  const start: Step = { threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 };
  return [start, ...steps].map((step) => ({
    ...step,
    falsePositiveRate: step.falsePositives / last.falsePositives,
    truePositiveRate: step.truePositives / last.truePositives,
  }));
}

/**
 * The points that a drawing needs: those between two equal steps lie on the line of their neighbours and are left out, as by
 * scikit-learn's `roc_curve(drop_intermediate=True)`, which keeps the first score too.
 */
export function cornersOf(curve: readonly RocPoint[]): readonly RocPoint[] {
  const bends = (key: "truePositives" | "falsePositives", i: number) =>
    curve[i + 1]![key] - 2 * curve[i]![key] + curve[i - 1]![key] !== 0;
  return curve.filter(
    (_, i) => i <= 1 || i === curve.length - 1 || bends("truePositives", i) || bends("falsePositives", i),
  );
}

/** @param last the counts of all, positive or not */
export function withoutClass(
  last: Pick<Step, "truePositives" | "falsePositives"> | undefined,
): Undefined | null {
  if (last === undefined) return undefinedBecause("no-cases");
  if (last.truePositives === 0) return undefinedBecause("no-positives");
  return last.falsePositives === 0 ? undefinedBecause("no-negatives") : null;
}
