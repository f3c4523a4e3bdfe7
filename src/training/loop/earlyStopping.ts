/**
 * Early stopping as ClinicaDL does it: an epoch improves when its validation loss is below best - best * tolerance; the run
 * stops after `patience` epochs in a row that do not. A loss that is not a number stops it at once. `patience` 0 disables all.
 */
import type { StoppingState } from "../../run/events";

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
