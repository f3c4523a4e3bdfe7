import { auc } from "../roc/auc";
import type { ScoreMetric } from "./metric";

/** Area under the ROC curve: how often one of the class has a larger probability of it than another one. Needs no threshold. */
export const areaUnderCurve = {
  name: "AUC",
  tasks: ["classification"],
  leads: null,
  better: "higher",
  selectable: true,
  columns: "none",
  compute: auc,
  needs: ["ofClass", "ofOthers"],
} as const satisfies ScoreMetric;
