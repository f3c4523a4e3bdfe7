import type { BestEpoch, Metrics } from "../../../src/run/events";

/** Metrics of which a smaller value is a better one; of all others the larger is. */
const SMALLER_IS_BETTER: ReadonlySet<string> = new Set(["loss", "MAE", "RMSE", "MSE"]);

export const smallerIsBetter = (metric: string): boolean => SMALLER_IS_BETTER.has(metric);

/** Strictly better; NaN is never better, and anything is better than NaN. */
export function isBetter(metric: string, candidate: number, than: number): boolean {
  if (Number.isNaN(candidate)) return false;
  if (Number.isNaN(than)) return true;
  return smallerIsBetter(metric) ? candidate < than : candidate > than;
}

/** The first epoch with the best validation value, for each metric that was measured: how best models are chosen. */
export function bestOfRows(
  rows: readonly { readonly epoch: number; readonly validation: Metrics }[],
  selectionMetrics: readonly string[],
): Readonly<Record<string, BestEpoch>> {
  const best: Record<string, BestEpoch> = {};
  for (const metric of selectionMetrics) {
    for (const { epoch, validation } of rows) {
      const value = validation[metric];
      if (value !== undefined && isBetter(metric, value, best[metric]?.value ?? Number.NaN))
        best[metric] = { epoch, value, validation };
    }
  }
  return best;
}
