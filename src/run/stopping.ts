/**
 * Early stopping as ClinicaDL does it: an epoch improves when its validation loss is below best - best * tolerance, the first one
 * always; the run stops after `patience` epochs in a row that do not. A loss that is not a number stops it at once. `patience` 0
 * disables all.
 */
import type { EndReason, StoppingState } from "./events";

export interface StoppingRule {
  readonly patience: number;
  readonly tolerance: number;
}

export type StoppingVerdict = "continue" | "early_stopping" | "nan";

export function startStopping(rule: StoppingRule): StoppingState {
  return { best: null, badEpochs: 0, patience: rule.patience, tolerance: rule.tolerance, threshold: null };
}

/** The state after an epoch whose validation loss was `loss`, and whether another epoch should follow. */
export function observeLoss(
  state: StoppingState,
  loss: number,
): { readonly state: StoppingState; readonly verdict: StoppingVerdict } {
  if (state.patience === 0) return { state, verdict: "continue" };
  if (Number.isNaN(loss)) return { state, verdict: "nan" };
  if (state.threshold === null || loss < state.threshold) {
    const improved = { ...state, best: loss, badEpochs: 0, threshold: loss - loss * state.tolerance };
    return { state: improved, verdict: "continue" };
  }
  const badEpochs = state.badEpochs + 1;
  return {
    state: { ...state, badEpochs },
    verdict: badEpochs >= state.patience ? "early_stopping" : "continue",
  };
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
