/** Which epoch is the best by each selection metric. Decided at the end of epochs only, on the validation set. */

import type { BestEpoch, Metrics } from "../../run/events";
import { lowerIsBetter } from "../../statistics/metrics/metrics";

export type BestEpochs = Readonly<Record<string, BestEpoch>>;

/** Strictly better than the best so far wins; a value that is not a number never does. */
export function selectBest(
  best: BestEpochs,
  selectionMetrics: readonly string[],
  epoch: number,
  validation: Metrics,
): { readonly best: BestEpochs; readonly improved: readonly string[] } {
  const improved = selectionMetrics.filter((metric) =>
    isBetter(metric, validation[metric]!, best[metric]?.value),
  );
  const winners = improved.map((metric) => [metric, { epoch, value: validation[metric]!, validation }]);
  return { best: { ...best, ...Object.fromEntries(winners) }, improved };
}

function isBetter(metric: string, value: number, best: number | undefined): boolean {
  if (Number.isNaN(value)) return false;
  if (best === undefined) return true;
  return lowerIsBetter(metric) ? value < best : value > best;
}
