/** How the values of an image spread: whether a few of them lie far from all others, and which are no numbers. */
import { type RobustRange, robustRange } from "../../statistics/robustRange";
import { type Extent, extentOf, LARGEST } from "../batches/normalise";

export interface IntensityFacts extends RobustRange {
  /** Voxels that hold NaN, which become 0. */
  readonly notNumbers: number;
  /** Of the values that are numbers; an infinity counts as the largest float32, which it becomes. */
  readonly min: number;
  readonly max: number;
}

/** Null where no value is a number. @param extent of `values`, where it is known already */
export function intensityFacts(
  values: Float32Array,
  extent: Extent = extentOf(values),
): IntensityFacts | null {
  const { min, max, hasNaN } = extent;
  if (min > max) return null;
  const notNumbers = hasNaN ? values.reduce((count, value) => count + Number(Number.isNaN(value)), 0) : 0;
  const most = robustRange(values.length, (voxel) => values[voxel]!);
  return { notNumbers, min: Math.max(min, -LARGEST), max: Math.min(max, LARGEST), ...most };
}
