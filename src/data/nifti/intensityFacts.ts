/** How the values of an image spread: whether a few of them lie far from all others, and which are no numbers. */
import { type RobustRange, robustRange } from "../../statistics/robustRange";
import { LARGEST } from "../batches/normalise";

export interface IntensityFacts extends RobustRange {
  /** Voxels that hold NaN, which become 0. */
  readonly notNumbers: number;
  /** Of the values that are numbers; an infinity counts as the largest float32, which it becomes. */
  readonly min: number;
  readonly max: number;
}

/** Null where no value is a number. */
export function intensityFacts(values: Float32Array): IntensityFacts | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let notNumbers = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Almost every value: the rest is rare, and an image has millions.
    if (value >= min && value <= max) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    if (Number.isNaN(value)) notNumbers++;
  }
  if (notNumbers === values.length) return null;
  const most = robustRange(values.length, (voxel) => values[voxel]!);
  return { notNumbers, min: Math.max(min, -LARGEST), max: Math.min(max, LARGEST), ...most };
}
