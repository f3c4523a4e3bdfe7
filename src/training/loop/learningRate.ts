/**
 * `adaptive_learning_rate`: torch.optim.lr_scheduler.ReduceLROnPlateau on the validation loss with its defaults (factor 0.1,
 * patience 10, relative threshold 1e-4, smallest change 1e-8).
 */
export interface PlateauState {
  readonly learningRate: number;
  /** Infinity before the first epoch. */
  readonly best: number;
  readonly badEpochs: number;
}

const FACTOR = 0.1;
const PATIENCE = 10;
const THRESHOLD = 1e-4;
const SMALLEST_CHANGE = 1e-8;

export function startPlateau(learningRate: number): PlateauState {
  return { learningRate, best: Number.POSITIVE_INFINITY, badEpochs: 0 };
}

/** The state after an epoch whose validation loss was `loss`. */
export function observePlateau(state: PlateauState, loss: number): PlateauState {
  if (loss < state.best * (1 - THRESHOLD)) return { ...state, best: loss, badEpochs: 0 };
  const badEpochs = state.badEpochs + 1;
  if (badEpochs <= PATIENCE) return { ...state, badEpochs };
  const reduced = state.learningRate * FACTOR;
  const changes = state.learningRate - reduced > SMALLEST_CHANGE;
  return { ...state, badEpochs: 0, learningRate: changes ? reduced : state.learningRate };
}
