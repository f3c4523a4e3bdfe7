/** Which values are dark and which are bright. */
import { isSquashed, robustRange } from "../../../src/statistics/robustRange";
import type { Volume } from "./volume";

/** `low` and below is black, `high` and above is white. `low` < `high`. */
export interface IntensityWindow {
  readonly low: number;
  readonly high: number;
}

/** What the numbers of a volume are like. */
export interface IntensitySummary {
  /** Of the finite values; 0 and 1 when there is none. */
  readonly min: number;
  readonly max: number;
  /** Window that shows most of the image. */
  readonly auto: IntensityWindow;
  /** Whether a few values are so far from the others that the whole range shows nearly nothing of the image. */
  readonly squashed: boolean;
  /** Voxels that hold NaN or an infinity. */
  readonly notFinite: number;
  /** Counts of the values of `span` in equal steps; of whole numbers each has its own where there are few. */
  readonly histogram: Uint32Array;
  /** From `min` to `max`; about the automatic window where the whole range would leave one bar of the image. */
  readonly span: IntensityWindow;
  /** Finite values outside `span`. */
  readonly beyond: number;
}

const MOST_BINS = 256;

/**
 * The automatic window runs from the 1st percentile of all voxels to the 99.5th of those above it: a black background, however
 * large, does not darken the brain, and a few very bright voxels do not either.
 */
export function summarise({ data, slope, intercept }: Volume): IntensitySummary {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let notFinite = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) notFinite++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const finite = data.length - notFinite;
  if (finite === 0)
    return {
      min: 0,
      max: 1,
      auto: { low: 0, high: 1 },
      squashed: false,
      notFinite,
      histogram: new Uint32Array(MOST_BINS),
      span: { low: 0, high: 1 },
      beyond: 0,
    };
  const scaled = (stored: number) => slope * stored + intercept;
  const { low: least, high: most } = inOrder(scaled(min), scaled(max));
  const usual = robustRange(data.length, (voxel) => scaled(data[voxel]!));
  const squashed = isSquashed({ ...usual, min: least, max: most });
  const whole = !(data instanceof Float32Array || data instanceof Float64Array);
  const { low: from, high: to } = squashed
    ? aroundWindow(usual, { min, max, whole, toStored: (value) => (value - intercept) / slope })
    : { low: min, high: max };
  const histogram = whole ? countWhole(data, from, to) : countBins(data, from, to, MOST_BINS);
  // With a negative slope the order of the values is the other way round.
  if (slope < 0) histogram.reverse();
  return {
    min: least,
    max: most,
    auto: proper(usual),
    squashed,
    notFinite,
    histogram,
    span: inOrder(scaled(from), scaled(to)),
    beyond: finite - histogram.reduce((sum, count) => sum + count, 0),
  };
}

const inOrder = (a: number, b: number): IntensityWindow => ({ low: Math.min(a, b), high: Math.max(a, b) });

interface Stored {
  readonly min: number;
  readonly max: number;
  /** Whether they are whole numbers. */
  readonly whole: boolean;
  readonly toStored: (value: number) => number;
}

/** The window and half its width on either side, in stored numbers and within theirs. */
function aroundWindow(
  { low, high }: IntensityWindow,
  { min, max, whole, toStored }: Stored,
): IntensityWindow {
  const margin = (high - low) / 2;
  const around = inOrder(toStored(low - margin), toStored(high + margin));
  return {
    low: Math.max(min, whole ? Math.floor(around.low) : around.low),
    high: Math.min(max, whole ? Math.ceil(around.high) : around.high),
  };
}

function countBins(data: Volume["data"], min: number, max: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  const perValue = max > min ? bins / (max - min) : 0;
  for (let i = 0; i < data.length; i++) {
    const bin = (data[i]! - min) * perValue;
    // NaN compares false.
    if (bin >= 0 && bin <= bins) counts[Math.min(bins - 1, Math.floor(bin))]!++;
  }
  return counts;
}

/** Each bin holds as many whole numbers as every other, so that the histogram has no teeth. */
function countWhole(data: Volume["data"], min: number, max: number): Uint32Array {
  const numbers = max - min + 1;
  const width = Math.ceil(numbers / MOST_BINS);
  const bins = Math.ceil(numbers / width);
  return countBins(data, min, min + bins * width, bins);
}

/** A window of some width, whatever was asked. */
export function proper({ low, high }: IntensityWindow): IntensityWindow {
  if (low < high) return { low, high };
  const half = Math.max(Math.abs(low) * 1e-6, 1e-6);
  return { low: Math.min(low, high) - half, high: Math.max(low, high) + half };
}

/**
 * The window after a drag by shares of the picture: to the right widens (less contrast), upwards raises the level (darker).
 * Doubling the width takes half the picture.
 */
export function dragWindow({ low, high }: IntensityWindow, right: number, upwards: number): IntensityWindow {
  const width = high - low;
  const center = (low + high) / 2 + upwards * width;
  const half = (width / 2) * 4 ** right;
  return proper({ low: center - half, high: center + half });
}
