import type { Pair, ValueMetric } from "./metric";

export const rootMeanSquaredError = {
  name: "RMSE",
  tasks: ["regression", "reconstruction"],
  leads: null,
  better: "lower",
  selectable: true,
  needs: [],
  compute: (pair) => Math.sqrt(meanSquaredError(pair)),
} as const satisfies ValueMetric;

/** Of the values or voxels of `pair`; NaN without any. */
export function meanSquaredError({ truth, predicted }: Pair): number {
  let squared = 0;
  for (let i = 0; i < truth.length; i++) {
    const error = truth[i]! - predicted[i]!;
    squared += error * error;
  }
  return squared / truth.length;
}
