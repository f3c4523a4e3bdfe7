import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";
import { positivePredictiveValue } from "./positivePredictiveValue";
import { sensitivity } from "./sensitivity";

/** Harmonic mean of precision and recall. */
export const f1Score = {
  name: "F1_score",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: (counts) => {
    const [precision, recall] = [positivePredictiveValue.compute(counts), sensitivity.compute(counts)];
    return ratio(2 * precision * recall, precision + recall);
  },
  needs: ["ofOrTakenForClass"],
} as const satisfies ClassMetric;
