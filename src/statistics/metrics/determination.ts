import type { ValueMetric } from "./metric";

/** R squared: 1 - residual / total sum of squares; 0 when all true values are equal. */
export const determination = {
  name: "R2_score",
  tasks: ["regression"],
  leads: null,
  better: "higher",
  selectable: true,
  compute: ({ truth, predicted }) => {
    const count = truth.length;
    let mean = 0;
    for (let i = 0; i < count; i++) mean += truth[i]! / count;
    let [residual, total] = [0, 0];
    for (let i = 0; i < count; i++) {
      const error = truth[i]! - predicted[i]!;
      residual += error * error;
      total += (truth[i]! - mean) ** 2;
    }
    return total === 0 ? 0 : 1 - residual / total;
  },
  needs: ["differentTruths"],
} as const satisfies ValueMetric;
