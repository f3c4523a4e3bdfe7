/** The sets of a training seen by its best models, which are read back from the MAPS. */
import type { DataPlan, SplitPlan } from "../../data/plan/experimentData";
import type { Mode } from "../../experiment/schema/preprocessing";
import { SPLIT_GROUPS, type SplitGroup } from "../../experiment/splitGroups";
import type { NetworkPlace } from "../../maps/folder/place";
import { loadModel } from "../../maps/weights/model";
import type { BestEpochs } from "../../run/events";
import type { NetworkTraining } from "../loop/networkTraining";
import { asTrained, predictSet } from "./evaluation";
import type { Prediction } from "./prediction";
import { firstImage, saveReconstructions } from "./reconstructions";

/** The data that the network was trained on. */
export interface TrainedOn {
  readonly plan: DataPlan;
  readonly split: SplitPlan;
  readonly mode: Mode;
}

/** Predictions of one model for the sets that it was trained and chosen on, and for the fold that it has not seen. */
export interface SetPredictions {
  readonly train: readonly Prediction[];
  readonly validation: readonly Prediction[];
  /** Absent without an inner validation set. */
  readonly outer?: readonly Prediction[];
}

/**
 * By selection metric; null when a stop came first. The weights of the model are replaced. Of a reconstruction the first image of
 * each set is kept, as ClinicaDL does.
 */
export async function predictWithBest(
  place: NetworkPlace,
  training: NetworkTraining,
  best: BestEpochs,
  { plan, split, mode }: TrainedOn,
): Promise<ReadonlyMap<string, SetPredictions> | null> {
  const byMetric = new Map<string, SetPredictions>();
  for (const [epoch, metrics] of metricsByEpoch(best)) {
    const { state } = await loadModel(place.bestModel(metrics[0]!));
    await training.model.setWeights(state);
    const predictions = await predictSets(training, epoch);
    if (predictions === null) return null;
    for (const metric of metrics) byMetric.set(metric, predictions);
    if (training.learned.task !== "reconstruction") continue;
    for (const group of SPLIT_GROUPS) {
      const [dataset, images] = [training[group], split[group]];
      if (dataset === undefined || images === undefined) continue;
      const reconstructed = { predictor: training.model, dataset, images, plan };
      const places = metrics.map((metric) => ({
        results: place.maps.split(place.split).best(metric).results(group),
        mode,
      }));
      const formats = { nifti: true, tensors: true };
      await saveReconstructions(reconstructed, places, firstImage(dataset), formats);
    }
  }
  return byMetric;
}

/** Metrics whose best model is that of the same epoch predict once. */
function metricsByEpoch(best: BestEpochs): Map<number, string[]> {
  const byEpoch = new Map<number, string[]>();
  for (const [metric, { epoch }] of Object.entries(best)) {
    byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), metric]);
  }
  return byEpoch;
}

async function predictSets(training: NetworkTraining, epoch: number): Promise<SetPredictions | null> {
  const train = await predictBestOf(training, epoch, "train");
  const validation = train === null ? null : await predictBestOf(training, epoch, "validation");
  if (train === null || validation === null) return null;
  if (training.outer === undefined) return { train, validation };
  const outer = await predictBestOf(training, epoch, "outer");
  return outer === null ? null : { train, validation, outer };
}

async function predictBestOf(
  training: NetworkTraining,
  epoch: number,
  set: SplitGroup,
): Promise<Prediction[] | null> {
  const dataset = training[set];
  if (dataset === undefined) throw new Error(`A training without the set ${set}.`);
  return await predictSet({
    ...asTrained(training),
    ahead: training.ahead,
    dataset,
    batchSize: training.settings.batch_size,
    stopped: () => training.stop() !== null,
    // The log tells of the sets of which there are curves.
    ...(set !== "outer" && {
      onProgress: (done: number, of: number) =>
        training.recorder.event({ kind: "evaluating", epoch, set, done, of }),
    }),
  });
}
