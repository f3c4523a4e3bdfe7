import type { EndReason, StoppingState } from "../../../src/run/events";

/**
 * State of early stopping after these validation losses: an epoch improves when its loss is below best x (1 - tolerance), the
 * first one always; the training stops after `patience` epochs in a row without improvement. Null before the first epoch.
 */
export function replayStopping(
  losses: readonly number[],
  { patience, tolerance }: { readonly patience: number; readonly tolerance: number },
): StoppingState | null {
  if (losses.length === 0) return null;
  let best: number | null = null;
  let badEpochs = 0;
  for (const loss of losses) {
    if (Number.isNaN(loss)) break;
    if (best === null || loss < best * (1 - tolerance)) {
      best = loss;
      badEpochs = 0;
    } else badEpochs++;
  }
  return { best, badEpochs, patience, tolerance, threshold: best === null ? null : best * (1 - tolerance) };
}

/** How early stopping is to be shown. */
export type StoppingView =
  | { readonly kind: "off" }
  | { readonly kind: "unknown" }
  | {
      readonly kind: "counting";
      readonly best: number;
      readonly bestEpoch: number | null;
      readonly threshold: number;
      readonly used: number;
      readonly patience: number;
      readonly exhausted: boolean;
    };

/** `bestEpoch`: counted from 0, the epoch in which the counter last began anew. */
export function viewStopping(
  stopping: StoppingState | null,
  lastEpoch: number | null,
  reason: EndReason | null,
): StoppingView {
  if (stopping === null || stopping.best === null || stopping.threshold === null)
    return stopping?.patience === 0 ? { kind: "off" } : { kind: "unknown" };
  if (stopping.patience === 0) return { kind: "off" };
  return {
    kind: "counting",
    best: stopping.best,
    bestEpoch: lastEpoch === null ? null : lastEpoch - stopping.badEpochs,
    threshold: stopping.threshold,
    used: stopping.badEpochs,
    patience: stopping.patience,
    exhausted: reason === "early_stopping" || stopping.badEpochs >= stopping.patience,
  };
}
