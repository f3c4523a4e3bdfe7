import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";
import { sensitivity } from "./sensitivity";
import { specificity } from "./specificity";

// Likelihood ratios are 0 by convention where they are infinite, so the best network would look like the worst: no best model
// is chosen by them.

/** How many times likelier the class is taken for itself than another one for it. */
export const positiveLikelihoodRatio = {
  name: "LR_plus",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: false,
  columns: "one a class",
  compute: (counts) => ratio(sensitivity.compute(counts), 1 - specificity.compute(counts)),
  needs: [...sensitivity.needs, ...specificity.needs, "falsePositive"],
} as const satisfies ClassMetric;

/** How many times likelier the class is taken for another one than that for itself. */
export const negativeLikelihoodRatio = {
  name: "LR_minus",
  tasks: ["classification"],
  leads: null,
  better: "lower",
  selectable: false,
  columns: "one a class",
  compute: (counts) => ratio(1 - sensitivity.compute(counts), specificity.compute(counts)),
  needs: [...sensitivity.needs, ...specificity.needs, "trueNegative"],
} as const satisfies ClassMetric;
