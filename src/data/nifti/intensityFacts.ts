/** How the values of an image spread: whether a few of them lie far from all others, and which are no numbers. */
import { LARGEST } from "../batches/normalise";

export interface IntensityFacts {
  /** Voxels that hold NaN, which become 0. */
  readonly notNumbers: number;
  /** Of the values that are numbers; an infinity counts as the largest float32, which it becomes. */
  readonly min: number;
  readonly max: number;
  /** Where most values lie: from the 1st percentile of all to the 99.5th of those above it, found on a part of the voxels. */
  readonly low: number;
  readonly high: number;
}

/** Enough to place a percentile to a tenth of a percent; sorting them takes 3 ms. */
const SAMPLED = 2 ** 15;
const LOW_SHARE = 0.01;
const HIGH_SHARE = 0.995;

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
  return { notNumbers, min: Math.max(min, -LARGEST), max: Math.min(max, LARGEST), ...mostOf(values) };
}

function mostOf(values: Float32Array): Pick<IntensityFacts, "low" | "high"> {
  const step = scatteringStep(values.length);
  const sample = new Float32Array(Math.min(SAMPLED, values.length));
  let count = 0;
  for (let drawn = 0, at = 0; drawn < sample.length; drawn++, at = (at + step) % values.length) {
    const value = values[at]!;
    if (Number.isFinite(value)) sample[count++] = value;
  }
  const sorted = sample.subarray(0, count).sort();
  const low = sorted[Math.floor(LOW_SHARE * count)] ?? 0;
  const above = sorted.lastIndexOf(low) + 1;
  const rank = above + Math.floor(HIGH_SHARE * (count - above));
  // The largest of few values is no percentile of them.
  return { low, high: sorted[Math.max(0, Math.min(rank, count - 2))] ?? low };
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

/** How many times the range of most values all of them take from which normalisation to [0, 1] leaves the brain black. */
const FAR = 20;

/** Whether a few values lie so far from the others that min-max normalisation gives most of its range to them. */
export const isSquashed = ({ min, max, low, high }: IntensityFacts): boolean =>
  high > low && max - min > FAR * (high - low);
