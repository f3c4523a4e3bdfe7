import { brierScore } from "../calibration/scores";
import type { ScoreMetric } from "./metric";

/** Mean squared distance of the probability from what came: rewards probabilities that can be believed. */
export const brier = {
  name: "Brier",
  tasks: ["classification"],
  leads: null,
  better: "lower",
  selectable: true,
  columns: "none",
  compute: brierScore,
  needs: ["images"],
} as const satisfies ScoreMetric;
