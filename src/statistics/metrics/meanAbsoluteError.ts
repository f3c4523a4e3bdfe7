import type { ValueMetric } from "./metric";

export const meanAbsoluteError = {
  name: "MAE",
  tasks: ["regression", "reconstruction"],
  leads: "regression",
  better: "lower",
  selectable: true,
  needs: [],
  compute: ({ truth, predicted }) => {
    let absolute = 0;
    for (let i = 0; i < truth.length; i++) absolute += Math.abs(truth[i]! - predicted[i]!);
    return absolute / truth.length;
  },
} as const satisfies ValueMetric;
