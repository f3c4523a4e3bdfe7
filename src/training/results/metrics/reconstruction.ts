/**
 * How close a reconstruction is to its image, for one sample [channels, ...spatial]: mean absolute error, root mean squared
 * error, peak signal-to-noise ratio, structural similarity. ClinicaDL's formulas.
 */
import type { Metrics } from "../../../run/events";
import { structuralSimilarity } from "./structuralSimilarity";

/** @param shape [channels, ...spatial] of both arrays */
export function reconstructionMetrics(
  truth: Float32Array,
  output: Float32Array,
  shape: readonly number[],
): Metrics {
  let [absolute, squared] = [0, 0];
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < truth.length; i++) {
    const value = truth[i]!;
    const error = value - output[i]!;
    absolute += Math.abs(error);
    squared += error * error;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const meanSquared = squared / truth.length;
  return {
    MAE: absolute / truth.length,
    RMSE: Math.sqrt(meanSquared),
    PSNR: 10 * Math.log10(dynamicRange(smallest, largest) ** 2 / meanSquared),
    SSIM: structuralSimilarity(truth, output, shape),
  };
}

/**
 * 1 for an image in [0, 1], 2 for one in [-1, 1], as scikit-image has it. ClinicaDL refuses other images (those trained with
 * `normalize` false); here their range is the distance between their extremes.
 */
function dynamicRange(smallest: number, largest: number): number {
  if (smallest < -1 || largest > 1) return largest - smallest;
  return smallest < 0 ? 2 : 1;
}
