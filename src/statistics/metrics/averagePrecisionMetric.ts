import { averagePrecision } from "../roc/precisionRecall";
import type { ScoreMetric } from "./metric";

/** Mean precision over the recalls: what a rare class asks for. */
export const averagePrecisionMetric = {
  name: "AP",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "none",
  compute: averagePrecision,
  needs: ["ofClass"],
} as const satisfies ScoreMetric;
