import type { ClassMetric } from "./metric";
import { negativePredictiveValue } from "./negativePredictiveValue";
import { positivePredictiveValue } from "./positivePredictiveValue";

/** How far both predictive values together are above chance. */
export const markedness = {
  name: "MK",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: (counts) => positivePredictiveValue.compute(counts) + negativePredictiveValue.compute(counts) - 1,
  needs: [...positivePredictiveValue.needs, ...negativePredictiveValue.needs],
} as const satisfies ClassMetric;
