/** Where most values of an image lie, however far a few of them are from the others. */

export interface RobustRange {
  /** The 1st percentile of all values. */
  readonly low: number;
  /** The 99.5th of those above it: a background, however large, does not hide the brain. */
  readonly high: number;
}

/** Enough to place a percentile to a tenth of a percent; sorting them takes 3 ms. */
const SAMPLED = 2 ** 15;
const LOW_SHARE = 0.01;
const HIGH_SHARE = 0.995;
/** Of fewer values the largest is no outlier. */
const FEW = 16;

/**
 * Found on some tens of thousands of the values; those that are not finite are passed over. 0 and 0 where there is none.
 * @param valueAt the value of each of `length` voxels
 */
export function robustRange(length: number, valueAt: (voxel: number) => number): RobustRange {
  const sorted = sortedSample(length, valueAt);
  const count = sorted.length;
  const low = sorted[Math.floor(LOW_SHARE * count)] ?? 0;
  const above = sorted.lastIndexOf(low) + 1;
  const rank = above + Math.floor(HIGH_SHARE * (count - above));
  return { low, high: sorted[Math.min(rank, count < FEW ? count - 1 : count - 2)] ?? low };
}

/** Some tens of thousands of the values, from all over the image, in rising order; those that are not finite are passed over. */
export function sortedSample(length: number, valueAt: (voxel: number) => number): Float64Array {
  const step = scatteringStep(length);
  const sample = new Float64Array(Math.min(SAMPLED, length));
  let count = 0;
  for (let drawn = 0, at = 0; drawn < sample.length; drawn++, at = (at + step) % length) {
    const value = valueAt(at);
    if (Number.isFinite(value)) sample[count++] = value;
  }
  return sample.subarray(0, count).sort();
}

/**
 * Some golden section of the voxels on, and round again, each is met once, and any number of them lie evenly over the image: a small
 * step would keep to some of its rows and planes.
 */
function scatteringStep(length: number): number {
  let step = Math.max(1, Math.round(length * 0.618034));
  while (greatestDivisor(length, step) > 1) step++;
  return step;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** From how many times the range of most values on the whole range shows nearly nothing of the image. */
const FAR = 20;

/** Whether a few values lie so far from the others that a scale from the smallest to the largest is given to them. */
export const isSquashed = ({
  min,
  max,
  low,
  high,
}: RobustRange & { readonly min: number; readonly max: number }): boolean =>
  high > low && max - min > FAR * (high - low);
