/**
 * Confidence intervals as ClinicaDL gives them with the final predictions: paired percentile bootstrap (truth and prediction
 * of a sample are drawn together), 3000 resamples, 95 %, and the standard error (deviation of the resampled values).
 */
import { percentile } from "./percentile";

export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly standardError: number;
}

const RESAMPLES = 3000;
const CONFIDENCE = 0.95;

/**
 * @param samples number of samples; fewer than 2 give no interval (null)
 * @param statistic metrics of the samples at `indices`, which holds some several times
 * @param random uniform numbers in [0, 1)
 */
export function confidenceIntervals(
  samples: number,
  statistic: (indices: Int32Array) => Readonly<Record<string, number>>,
  random: () => number,
): Readonly<Record<string, Interval>> | null {
  if (samples < 2) return null;
  const values = new Map<string, Float64Array>();
  const indices = new Int32Array(samples);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let i = 0; i < samples; i++) indices[i] = Math.floor(random() * samples);
    for (const [name, value] of Object.entries(statistic(indices))) {
      if (resample === 0) values.set(name, new Float64Array(RESAMPLES));
      values.get(name)![resample] = value;
    }
  }
  return Object.fromEntries(
    [...values].map(([name, resampled]) => {
      const sorted = resampled.sort();
      return [
        name,
        {
          lower: percentile(sorted, (1 - CONFIDENCE) / 2),
          upper: percentile(sorted, (1 + CONFIDENCE) / 2),
          standardError: standardDeviation(sorted),
        },
      ];
    }),
  );
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
