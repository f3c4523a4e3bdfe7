/** What the networks of best models answer for images. */
import type { Dataset } from "../../data/batches/dataset";
import type { Predictor } from "../../engine/engine";
import { type AnsweringEngine, engineFor } from "./answeringEngine";
import { asPredicted, predictSet } from "./evaluation";
import type { NetworkPredictions } from "./groupResults";
import type { Prediction } from "./prediction";
import { loadBest, objectiveOfAnswers, type SelectedModels, type TrainedMaps } from "./trainedMaps";

export interface AnsweringOptions {
  readonly engine: AnsweringEngine;
  readonly signal?: AbortSignal;
  /** Samples predicted, of all models together. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** All models share one, with the weights of each in turn. */
export interface LoadedPredictor {
  predictor: Predictor | null;
}

export interface AskedModel {
  /** One a network. */
  readonly datasets: readonly Dataset[];
  readonly loaded: LoadedPredictor;
  /** Which of the models it is. */
  readonly share: { readonly done: number; readonly of: number };
}

interface Answered {
  readonly predictor: Predictor;
  readonly dataset: Dataset;
  readonly predictions: readonly Prediction[];
}

/**
 * Asks the networks of the best models of a split, one after the other. Null after a stop.
 * @param labelled whether the losses can be told
 * @param onNetwork when one has answered, while it still can be asked
 */
export async function networkAnswers(
  {
    trained,
    labelled,
    options: { engine, signal, onProgress },
  }: { readonly trained: TrainedMaps; readonly labelled: boolean; readonly options: AnsweringOptions },
  choice: SelectedModels,
  { datasets, loaded, share }: AskedModel,
  onNetwork: (answered: Answered) => Promise<void> = async () => {},
): Promise<NetworkPredictions[] | null> {
  const { experiment, networks } = trained;
  const objective = objectiveOfAnswers(trained);
  const perModel = datasets.reduce((sum, { samples }) => sum + samples.length, 0);
  const predicted: NetworkPredictions[] = [];
  for (const [place, network] of networks.entries()) {
    const dataset = datasets[place]!;
    const weights = await loadBest(trained, choice, network);
    if (loaded.predictor === null) {
      const batchSize = Math.min(experiment.batch_size, Math.max(1, perModel));
      const chosen = await engineFor(engine, { network: trained.network, batchSize });
      loaded.predictor = await chosen.predictor(trained.network, weights);
    } else await loaded.predictor.setWeights(weights);
    const { predictor } = loaded;
    const before =
      share.done * perModel + predicted.reduce((sum, { predictions }) => sum + predictions.length, 0);
    const predictions = await predictSet({
      evaluate: asPredicted(predictor, objective, labelled),
      objective,
      dataset,
      batchSize: experiment.batch_size,
      stopped: () => signal?.aborted ?? false,
      onProgress: (samples) => onProgress?.(before + samples, share.of * perModel),
    });
    if (predictions === null) return null;
    predicted.push({ network, predictions });
    await onNetwork({ predictor, dataset, predictions });
  }
  return predicted;
}
