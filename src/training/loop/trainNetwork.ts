/**
 * The training of one network on one split: epochs of batches, evaluations, selection, early stopping. It can end after any
 * weight update and go on from there as if it had never ended: everything it needs is in TrainingProgress and ModelState.
 */

import { selectBest } from "../../run/selection";
import { observeLoss, type StoppingVerdict } from "../../run/stopping";
import { type BothSets, evaluateBothSets, undefinedInBoth } from "../results/evaluation";
import { trainEpoch } from "./epoch";
import { keepReconstructions } from "./keptReconstructions";
import { observePlateau } from "./learningRate";
import { batchesPerEpoch, type NetworkTraining, trainingPass } from "./networkTraining";
import type { TrainingEnd, TrainingProgress } from "./trainingProgress";

/**
 * Trains from `start` to the end, or to a stop: then `ended` of the answer is null. A checkpoint of the answer is written.
 * @throws TrainingError when the training loss is not a number
 */
export async function trainNetwork(
  training: NetworkTraining,
  start: TrainingProgress,
): Promise<TrainingProgress> {
  let progress = await endedBefore(training, start);
  while (progress.ended === null) {
    const batch = await trainEpoch(training, progress.epoch, progress.batch, progress.plateau.learningRate);
    const complete = batch === batchesPerEpoch(training);
    const next = progress.epoch + 1;
    const following = () => (next < training.settings.epochs ? trainingPass(training, next) : null);
    const sets = complete ? await evaluateBothSets(training, progress.epoch, following) : null;
    if (sets === null) {
      progress = { ...progress, batch, seconds: training.stopwatch.seconds() };
      await training.recorder.checkpoint(progress, await training.model.state());
      return progress;
    }
    progress = await endEpoch(training, progress, sets);
    if (training.stop() !== null) return progress;
  }
  return progress;
}

/** `start`, at its end where it has as many epochs as are asked for: maps.json may have been given fewer since its checkpoint. */
async function endedBefore(training: NetworkTraining, start: TrainingProgress): Promise<TrainingProgress> {
  const { epoch } = start;
  if (start.ended !== null || epoch < training.settings.epochs) return start;
  const end: TrainingProgress = { ...start, ended: { reason: "completed", epochs: epoch } };
  await training.recorder.checkpoint(end, await training.model.state());
  return end;
}

/** Selection, stopping, learning rate, and all that is written at the end of an epoch, the checkpoint last. */
async function endEpoch(
  training: NetworkTraining,
  progress: TrainingProgress,
  { train, validation }: BothSets,
): Promise<TrainingProgress> {
  const { settings, model, recorder, stopwatch, ahead } = training;
  const { epoch } = progress;
  const loss = validation.metrics.loss!;
  const { best, improved } = selectBest(
    progress.best,
    settings.selection_metrics,
    epoch,
    validation.metrics,
    validation.undefinedMetrics,
  );
  const { state: stopping, verdict } = observeLoss(progress.stopping, loss);
  const plateau = settings.adaptive_learning_rate ? observePlateau(progress.plateau, loss) : progress.plateau;

  const state = await model.state();
  if (improved.length > 0) await recorder.best(improved, epoch, state.parameters);
  if (settings.save_all_models) await recorder.everyEpoch(epoch, state.parameters);
  const seconds = stopwatch.seconds();
  const lastBatch = batchesPerEpoch(training) - 1;
  await recorder.row({
    epoch,
    iteration: lastBatch,
    time: seconds,
    train: train.metrics,
    validation: validation.metrics,
  });
  recorder.event({
    kind: "epoch",
    epoch,
    batch: lastBatch,
    seconds: stopwatch.lap("epoch"),
    waited: ahead.takeWaited(),
    train: train.metrics,
    validation: validation.metrics,
    ...undefinedInBoth({ train, validation }),
    confusion: validation.confusion,
    improved,
    best,
    stopping,
    learningRate: progress.plateau.learningRate,
  });
  await keepReconstructions(training, epoch, improved);
  const next: TrainingProgress = {
    epoch: epoch + 1,
    batch: 0,
    seconds,
    best,
    stopping,
    plateau,
    ended: endAfter(epoch + 1, settings.epochs, verdict),
  };
  await recorder.checkpoint(next, state);
  return next;
}

/** A stop at the last epoch is no early one. */
function endAfter(epochs: number, most: number, verdict: StoppingVerdict): TrainingEnd | null {
  if (verdict === "nan") return { reason: "nan", epochs };
  if (epochs === most) return { reason: "completed", epochs };
  return verdict === "early_stopping" ? { reason: "early_stopping", epochs } : null;
}
