/** One network of one split from its first weights, or its checkpoint, to the predictions of its best models. */
import type { SplitPlan } from "../../data/plan/experimentData";
import type { Trainer } from "../../engine/engine";
import { failurePhrase } from "../../experiment/problems/failurePhrase";
import { keepFailure } from "../../experiment/problems/keptProblem";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { trackOfLogNow } from "../../maps/events/eventLog";
import { mapsPlace, type NetworkPlace } from "../../maps/folder/place";
import { Checkpoints } from "../../maps/weights/checkpoint";
import { constantAnswer } from "../../run/constantAnswer";
import type { EndReason } from "../../run/events";
import { longWaitForImages } from "../../run/pace";
import type { Track } from "../../run/track";
import { failureProblems } from "../failureProblems";
import { MapsRecorder } from "../loop/mapsRecorder";
import { startProgress } from "../loop/trainingProgress";
import { trainNetwork } from "../loop/trainNetwork";
import { notice } from "../notices";
import { predictWithBest, type SetPredictions } from "../results/bestPredictions";
import { openTraining, type RunContext, startEvent, trainedParameters } from "./openTraining";
import type { NetworkSummary } from "./splitResult";

export interface NetworkOutcome extends NetworkSummary {
  /** By selection metric; null when the training did not come so far. */
  readonly predictions: ReadonlyMap<string, SetPredictions> | null;
  /** What was thrown, when `reason` is "failed". */
  readonly failure: unknown;
}

/**
 * Trains a network, or goes on with its training, and predicts with its best models. What goes wrong is recorded and told,
 * not thrown: other networks and splits go on.
 */
export async function runNetwork(
  context: RunContext,
  split: SplitPlan,
  network: number | null,
): Promise<NetworkOutcome> {
  const { prepared, maps, observer } = context;
  const { experiment, learned } = prepared;
  const { architecture } = prepared.network;
  const place = mapsPlace(maps).split(split.split).network(network);
  const checkpoints = new Checkpoints(place, {
    architecture,
    optimizer: experiment.optimizer,
    hyperparameters: experiment.optimizer_settings,
    weightDecay: experiment.weight_decay,
    parameters: trainedParameters(prepared),
  });
  const saved = await checkpoints.load();
  if (saved?.damage !== undefined) {
    const reason = failurePhrase(keepFailure(saved.damage));
    const values = { split: split.split, network, reason, epoch: saved.progress.epoch + 1 };
    context.onWarning(
      warning("checkpoint.former", { file: saved.damage[0]?.file ?? place.checkpoints }, values),
    );
  }
  const start = saved?.progress ?? startProgress(experiment, experiment.learning_rate);
  const recorder = await MapsRecorder.open(
    place,
    {
      task: learned.task,
      architecture,
      seed: experiment.seed,
      checkpoints,
      observer,
      requireMaps: () => context.units.requireMaps(),
    },
    start,
  );
  let progress = start;
  let model: Trainer | undefined;
  const end = (reason: EndReason, problems: readonly Problem[] = []) => {
    const { epoch: epochs, batch: batches } = progress;
    recorder.event({ kind: "end", reason, epochs, batches, ...keepFailure(problems) });
    return { network, reason, problems, epochs, best: progress.best };
  };
  try {
    const training = await openTraining(context, split, network, recorder, start);
    model = training.model;
    if (saved?.model) await model.load(saved.model);
    const resumedAt = recorder.continues ? start : null;
    recorder.event(startEvent(context, split, network, training, resumedAt));
    progress = await trainNetwork(training, start);
    if (progress.ended !== null) tellOfLog(context, place);
    const predictions =
      progress.ended === null
        ? null
        : await predictWithBest(place, training, progress.best, {
            plan: prepared.plan,
            split,
            mode: experiment.preprocessing_dict.mode,
          });
    const reason = predictions === null ? "stopped" : progress.ended!.reason;
    return { ...end(reason), predictions, failure: null };
  } catch (failure) {
    return { ...end("failed", failureProblems(failure)), predictions: null, failure };
  } finally {
    await model?.dispose();
    recorder.close();
  }
}

/** What a training came to, its epochs before a resumption included. */
function tellOfLog(context: RunContext, place: NetworkPlace): void {
  const track = trackOfLogNow(place.eventsJsonl);
  warnOfOneAnswer(context, place, track);
  tellOfWaiting(context, place, track);
}

/** Says when the device waited long for images. */
function tellOfWaiting({ engine, onNotice }: RunContext, place: NetworkPlace, track: Track): void {
  const waited = longWaitForImages(track);
  if (waited === null) return;
  const { split, network } = place;
  const percent = Math.round(100 * waited.share);
  onNotice(notice("waited-for-images", { split, network, percent, device: engine.description.device }));
}

/** Says when the network answered one class in every epoch. */
function warnOfOneAnswer({ prepared, onWarning }: RunContext, place: NetworkPlace, track: Track): void {
  const { split, network } = place;
  const answers = constantAnswer(track.epochs);
  if (answers === null) return;
  const classes = answers.map((code) => prepared.learned.classes[code] ?? code);
  const values = { split, network, classes, epochs: track.epochs.length };
  onWarning(warning("training.one-answer", { file: prepared.experiment.tsv_path }, values));
}
