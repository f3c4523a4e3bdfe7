import { structuralSimilarity } from "../structuralSimilarity";
import type { ImageMetric } from "./metric";

export const meanStructuralSimilarity = {
  name: "SSIM",
  tasks: ["reconstruction"],
  leads: null,
  better: "higher",
  selectable: true,
  compute: ({ truth, predicted, shape }) => structuralSimilarity(truth, predicted, shape),
} as const satisfies ImageMetric;
