import { ratio } from "../confusion";
import type { ClassMetric } from "./metric";

/** Share of the others that were left out. */
export const specificity = {
  name: "specificity",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "one a class",
  compute: ({ tn, fp }) => ratio(tn, tn + fp),
  needs: ["ofOthers"],
} as const satisfies ClassMetric;
