/** Everything besides the model that training changes: what a checkpoint holds and a resumption starts from. Plain data. */
import type { SavedProgress } from "../../maps/weights/checkpoint";
import { type StoppingRule, startStopping } from "../../run/stopping";
import { startPlateau } from "./learningRate";

export type TrainingProgress = SavedProgress;
export type TrainingEnd = NonNullable<TrainingProgress["ended"]>;

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
