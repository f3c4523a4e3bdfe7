import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";

/** Precision: share of the class among what was taken for it. */
export const positivePredictiveValue = {
  name: "PPV",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: ({ tp, fp }) => ratio(tp, tp + fp),
  needs: ["takenForClass"],
} as const satisfies ClassMetric;
