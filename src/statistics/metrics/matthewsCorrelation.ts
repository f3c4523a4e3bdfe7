import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";

/** Correlation of truth and prediction (Matthews, 1975). */
export const matthewsCorrelation = {
  name: "MCC",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: ({ tp, fp, fn, tn }) =>
    ratio(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))),
  needs: ["ofClass", "ofOthers", "takenForClass", "takenForOthers"],
} as const satisfies ClassMetric;
