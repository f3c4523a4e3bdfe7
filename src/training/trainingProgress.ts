/** Everything besides the model that training changes: what a checkpoint holds and a resumption starts from. Plain data. */
import type { StoppingState } from "../maps/events";
import { type StoppingRule, startStopping } from "./earlyStopping";
import { type PlateauState, startPlateau } from "./learningRate";
import type { BestEpochs } from "./selection";

export interface TrainingProgress {
  readonly epoch: number;
  /** The next batch of `epoch`; the number of batches when only the evaluation at its end is left. */
  readonly batch: number;
  /** Time spent so far, pauses left out. */
  readonly seconds: number;
  readonly best: BestEpochs;
  readonly stopping: StoppingState;
  readonly plateau: PlateauState;
  /** Set when no epoch follows. */
  readonly ended: TrainingEnd | null;
}

export interface TrainingEnd {
  readonly reason: "completed" | "early_stopping" | "nan";
  /** Epochs that were run. */
  readonly epochs: number;
}

export function startProgress(rule: StoppingRule, learningRate: number): TrainingProgress {
  return {
    epoch: 0,
    batch: 0,
    seconds: 0,
    best: {},
    stopping: startStopping(rule),
    plateau: startPlateau(learningRate),
    ended: null,
  };
}
