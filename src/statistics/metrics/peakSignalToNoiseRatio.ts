import type { ImageMetric } from "./metric";
import { meanSquaredError } from "./rootMeanSquaredError";

/** In decibel: 10 log10(range^2 / mean squared error). */
export const peakSignalToNoiseRatio = {
  name: "PSNR",
  tasks: ["reconstruction"],
  leads: "reconstruction",
  better: "higher",
  selectable: true,
  compute: (pair) => 10 * Math.log10(dynamicRange(pair.truth) ** 2 / meanSquaredError(pair)),
} as const satisfies ImageMetric;

/**
 * 1 for an image in [0, 1], 2 for one in [-1, 1], as scikit-image has it. ClinicaDL refuses other images (those trained with
 * `normalize` false); here their range is the distance between their extremes.
 */
function dynamicRange(image: Float32Array): number {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < image.length; i++) {
    const value = image[i]!;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  if (smallest < -1 || largest > 1) return largest - smallest;
  return smallest < 0 ? 2 : 1;
}
