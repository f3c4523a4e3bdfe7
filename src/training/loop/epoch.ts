/** The batches of one epoch: accumulation, weight updates, evaluations in between. */
import type { Sample } from "../../data/batches/dataset";
import { passInOrder } from "../../data/batches/readAhead";
import { problem } from "../../experiment/problems/makeProblem";
import { evaluateBothSets, undefinedInBoth } from "../results/evaluation";
import { labelsOf } from "../results/prediction";
import { TrainingError } from "../trainingError";
import { batchesPerEpoch, type NetworkTraining, trainingPass } from "./networkTraining";

/**
 * Trains on the batches of `epoch` from number `firstBatch` on. `accumulation_steps` batches make one weight update, as one batch of
 * all their samples would; so do those of the last, shorter group.
 * @returns the number of the batch that comes next: of all of them when the epoch is complete, fewer after a stop
 */
export async function trainEpoch(
  training: NetworkTraining,
  epoch: number,
  firstBatch: number,
  learningRate: number,
): Promise<number> {
  const { settings, model, train, objective, recorder, stopwatch, ahead } = training;
  const count = batchesPerEpoch(training);
  const clip = settings.gradient_clipping ?? undefined;
  // A stop comes before the evaluation that is due at its place.
  if (!(await evaluateWithin(training, epoch, firstBatch))) return firstBatch;

  stopwatch.lap("batch");
  for await (const { number, indices, input } of ahead.batches(
    trainingPass(training, epoch, firstBatch),
    // The evaluation at the end of the epoch begins with it.
    () => passInOrder(train, settings.batch_size),
  )) {
    const samples = indices.map((index) => train.samples[index]!);
    const targets = objective.encode(labelsOf(samples), input);
    const loss = await model.accumulate({ size: samples.length, inputs: { image: input }, targets });
    if (!Number.isFinite(loss)) throw notFinite(loss, epoch, number, samples);
    const next = number + 1;
    const updates = next % settings.accumulation_steps === 0 || next === count;
    if (updates) await model.update({ rates: [learningRate], clip });
    recorder.event({
      kind: "batch",
      epoch,
      batch: number,
      loss,
      samples: samples.length,
      seconds: stopwatch.lap("batch"),
    });
    if (!updates) continue;
    if (training.stop() === "batch" || !(await evaluateWithin(training, epoch, next))) return next;
    stopwatch.lap("batch");
  }
  return count;
}

/**
 * The evaluation that is due before batch number `nextBatch`: after every `evaluation_steps` weight updates of the epoch, but
 * not after the last one, which the evaluation at the end of the epoch follows.
 * @returns false when a stop cut it short
 */
async function evaluateWithin(training: NetworkTraining, epoch: number, nextBatch: number): Promise<boolean> {
  const { evaluation_steps: every, accumulation_steps: accumulation } = training.settings;
  const within = nextBatch > 0 && nextBatch < batchesPerEpoch(training);
  if (every === 0 || !within || nextBatch % (accumulation * every) !== 0) return true;
  const sets = await evaluateBothSets(training, epoch, () => null);
  if (sets === null) return false;
  const batch = nextBatch - 1;
  const [train, validation] = [sets.train.metrics, sets.validation.metrics];
  const time = training.stopwatch.seconds();
  await training.recorder.row({ epoch, iteration: batch, time, train, validation });
  training.recorder.event({
    kind: "evaluation",
    epoch,
    batch,
    train,
    validation,
    ...undefinedInBoth(sets),
  });
  return true;
}

/** Epochs and batches are told as the progress tells them, from 1. */
function notFinite(loss: number, epoch: number, batch: number, samples: readonly Sample[]): TrainingError {
  const images = samples.map(({ participantId, sessionId }) => `${participantId} ${sessionId}`);
  const values = { loss, batch: batch + 1, epoch: epoch + 1, images: [...new Set(images)] };
  return new TrainingError(problem("training.not-finite", {}, values));
}
