/** Which epoch is the best by each selection metric. Decided at the end of epochs only, on the validation set. */
import { LAST_EPOCH, lowerIsBetter } from "../statistics/metrics/metrics";
import type { BestEpochs, Metrics } from "./events";

/** Strictly better; what is not a number is never better, and any number is better than none. */
export function isBetter(metric: string, candidate: number | undefined, than: number | undefined): boolean {
  if (candidate === undefined || Number.isNaN(candidate)) return false;
  if (than === undefined || Number.isNaN(than)) return true;
  return lowerIsBetter(metric) ? candidate < than : candidate > than;
}

/**
 * The best epochs after `epoch`, and the metrics that it improved. Of `LAST_EPOCH` each epoch is the best so far; its value, for the
 * record, is the validation loss.
 */
export function selectBest(
  best: BestEpochs,
  selectionMetrics: readonly string[],
  epoch: number,
  validation: Metrics,
  undefinedMetrics: readonly string[] = [],
): { readonly best: BestEpochs; readonly improved: readonly string[] } {
  const improved = selectionMetrics.filter((metric) =>
    metric === LAST_EPOCH
      ? !Number.isNaN(validation.loss)
      : isBetter(metric, validation[metric], best[metric]?.value),
  );
  const lacking = undefinedMetrics.length === 0 ? {} : { undefinedMetrics };
  const winners = improved.map((metric) => [
    metric,
    { epoch, value: (metric === LAST_EPOCH ? validation.loss : validation[metric])!, validation, ...lacking },
  ]);
  return { best: { ...best, ...Object.fromEntries(winners) }, improved };
}

/** What the best model by `metric` reached, to be shown; null where the validation set leaves it undefined. */
export const bestValue = (metric: string, { value, undefinedMetrics }: BestEpochs[string]): number | null =>
  undefinedMetrics?.includes(metric) === true ? null : value;
