/** The sets of a training seen by its best models, which are read back from the MAPS. */
import { bestModel } from "../maps/layout";
import { loadModel } from "../maps/model";
import { predictSet } from "./evaluation";
import type { NetworkPlace } from "./mapsRecorder";
import type { NetworkTraining } from "./networkTraining";
import type { Prediction } from "./prediction";
import type { BestEpochs } from "./selection";

/** Predictions of one model for the sets that it was chosen on. */
export interface BothPredictions {
  readonly train: readonly Prediction[];
  readonly validation: readonly Prediction[];
}

/** By selection metric; null when a stop came first. The weights of the model are replaced. */
export async function predictWithBest(
  place: NetworkPlace,
  training: NetworkTraining,
  best: BestEpochs,
): Promise<ReadonlyMap<string, BothPredictions> | null> {
  const byEpoch = new Map<number, BothPredictions>();
  const byMetric = new Map<string, BothPredictions>();
  for (const [metric, { epoch }] of Object.entries(best)) {
    const predictions = byEpoch.get(epoch) ?? (await predictWith(place, training, metric, epoch));
    if (predictions === null) return null;
    byEpoch.set(epoch, predictions);
    byMetric.set(metric, predictions);
  }
  return byMetric;
}

async function predictWith(
  { maps, split, network }: NetworkPlace,
  training: NetworkTraining,
  metric: string,
  epoch: number,
): Promise<BothPredictions | null> {
  const { model, recorder, settings } = training;
  const { state } = await loadModel(bestModel(maps, split, metric, network));
  // Nothing is learned any more: the optimizer may forget.
  await model.load({ parameters: state, optimizer: { step: 0, moments: new Map() }, batches: 0 });
  const predict = (set: "train" | "validation") =>
    predictSet({
      ...training,
      dataset: training[set],
      batchSize: settings.batch_size,
      stopped: () => training.stop() !== null,
      onProgress: (done, of) => recorder.event({ kind: "evaluating", epoch, set, done, of }),
    });
  const train = await predict("train");
  const validation = train === null ? null : await predict("validation");
  return train === null || validation === null ? null : { train, validation };
}
