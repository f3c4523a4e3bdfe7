import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";

/** Share of the samples whose class was found, whichever it is. */
export const accuracy = {
  name: "accuracy",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one",
  compute: ({ tp, fp, fn, tn, correct }) => ratio(correct, tp + fp + fn + tn),
  needs: ["images"],
} as const satisfies ClassMetric;
