import type { ClassMetric } from "./metric";
import { sensitivity } from "./sensitivity";
import { specificity } from "./specificity";

/** Mean of sensitivity and specificity: no better than chance at 1/2, however unequal the classes are. */
export const balancedAccuracy = {
  name: "BA",
  tasks: ["classification"],
  leads: "classification",
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: (counts) => (sensitivity.compute(counts) + specificity.compute(counts)) / 2,
  needs: [...sensitivity.needs, ...specificity.needs],
} as const satisfies ClassMetric;
