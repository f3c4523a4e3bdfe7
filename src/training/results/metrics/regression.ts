import type { Metrics } from "../../../run/events";

/** R2_score = 1 - residual / total sum of squares (0 when all true values are equal), mean absolute error, root mean squared error. */
export function regressionMetrics(truth: ArrayLike<number>, predicted: ArrayLike<number>): Metrics {
  const count = truth.length;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += truth[i]! / count;
  let [absolute, residual, total] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const error = truth[i]! - predicted[i]!;
    absolute += Math.abs(error);
    residual += error * error;
    total += (truth[i]! - mean) ** 2;
  }
  return {
    R2_score: total === 0 ? 0 : 1 - residual / total,
    MAE: absolute / count,
    RMSE: Math.sqrt(residual / count),
  };
}
