/**
 * The metrics of each task, by ClinicaDL's names and in the order of its files, and which way each is better.
 */
import type { TASKS } from "./schema";

export type Task = (typeof TASKS)[number];

export const TASK_METRICS: Readonly<Record<Task, readonly string[]>> = {
  classification: [
    "BA",
    "accuracy",
    "F1_score",
    "sensitivity",
    "specificity",
    "PPV",
    "NPV",
    "MCC",
    "MK",
    "LR_plus",
    "LR_minus",
  ],
  regression: ["R2_score", "MAE", "RMSE"],
  reconstruction: ["MAE", "RMSE", "PSNR", "SSIM"],
};

/** Likelihood ratios are 0 by convention where they are infinite, so the best network would look like the worst. */
const NOT_SELECTABLE: readonly string[] = ["LR_plus", "LR_minus"];

const LOWER_IS_BETTER: readonly string[] = ["loss", "MAE", "RMSE"];

/** Metrics by which a best model of `task` can be chosen. */
export function selectableMetrics(task: Task): readonly string[] {
  return ["loss", ...TASK_METRICS[task].filter((metric) => !NOT_SELECTABLE.includes(metric))];
}

export function lowerIsBetter(metric: string): boolean {
  return LOWER_IS_BETTER.includes(metric);
}
