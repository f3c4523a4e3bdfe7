import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";

/** Share of the others among what was taken for them. */
export const negativePredictiveValue = {
  name: "NPV",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: ({ tn, fn }) => ratio(tn, tn + fn),
  needs: ["takenForOthers"],
} as const satisfies ClassMetric;
