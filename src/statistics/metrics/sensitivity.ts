import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";

/** Recall: share of the class that was found. */
export const sensitivity = {
  name: "sensitivity",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: ({ tp, fn }) => ratio(tp, tp + fn),
  needs: ["ofClass"],
} as const satisfies ClassMetric;
