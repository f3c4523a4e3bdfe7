/** Whether one model beats another over runs that share data: the folds of a cross-validation, or repeated splits. */
import { studentAbove, studentReach, studentTwoSided } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { USUAL_LEVEL } from "../intervals/interval";
import { mean, squaredDeviations } from "../moments";

export interface ResampledTest {
  readonly test: "corrected-resampled-t";
  /** Mean over the runs of the first score less the second. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly t: number;
  readonly freedom: number;
  /** Two-sided. */
  readonly p: number;
  /** That the first is better. */
  readonly pGreater: number;
}

/**
 * t = mean d / sqrt((1 / J + test / train) s^2) with J - 1 degrees of freedom: runs that train on the same people are not independent,
 * so their variance alone finds differences that are none (C. Nadeau and Y. Bengio, Machine Learning 2003). Undefined with fewer than
 * two runs, and where all differences are the same.
 * @param differences one a run: [J]
 * @param train people of a run that it learned from
 * @param test people of a run that it was measured on
 */
export function correctedResampledT(
  differences: readonly number[],
  {
    train,
    test,
    level = USUAL_LEVEL,
  }: { readonly train: number; readonly test: number; readonly level?: number },
): Figure<ResampledTest> {
  const runs = differences.length;
  if (runs < 2) return undefinedBecause("too-few-cases");
  if (differences.every((one) => one === differences[0])) return undefinedBecause("no-variance");
  const difference = mean(differences);
  const freedom = runs - 1;
  const error = Math.sqrt((1 / runs + test / train) * (squaredDeviations(differences) / freedom));
  const t = difference / error;
  const width = studentReach(level, freedom) * error;
  return {
    test: "corrected-resampled-t",
    difference,
    lower: difference - width,
    upper: difference + width,
    level,
    t,
    freedom,
    p: studentTwoSided(t, freedom),
    pGreater: studentAbove(t, freedom),
  };
}
