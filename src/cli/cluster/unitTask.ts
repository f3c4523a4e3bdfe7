/** A task of the array: trains its unit, and goes back to the queue when its time is over. */
import { existsSync } from "node:fs";
import { TaskLife, unitOf } from "../../cluster/taskLife";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { readLogEnd } from "../../maps/events/logEnd";
import { mapsPlace, type NetworkPlace } from "../../maps/folder/place";
import { EXIT } from "../../run/exitCodes";
import { experimentOfMaps, resumeTraining } from "../../training/run/resumeTraining";
import type { TrainingOutcome } from "../../training/run/runOptions";
import type { CommandOutcome } from "../command";
import { outcomeOf, trainingEngine } from "../runExperiment";
import { endedBy, fullDisk, waitForRoom } from "./fullDisk";
import { type TaskContext, taskOptions } from "./taskContext";
import { isWarning, type TaskSignals, taskSignals } from "./taskSignals";

export async function unitTask(context: TaskContext): Promise<CommandOutcome> {
  const { maps, submission, job, run, terminal } = context;
  const unit = unitOf(submission, maps, job);
  const life = await TaskLife.of(maps, { kind: "unit", ...unit }, submission, job, run);
  const place = mapsPlace(maps).split(unit.split).network(unit.network);
  let trains = false;
  const signals = taskSignals(() => {
    // What is before the training writes nothing, and cannot be asked to end.
    if (!trains) void ended(context, life, signals, place).then(() => process.exit(EXIT.stopped));
  });
  try {
    await life.begin();
    if (await hasEnded(place)) {
      await life.end("done", "", await progressOf(place));
      return { result: { maps, ...unit } };
    }
    const outcome = await train(context, unit, signals, () => {
      trains = true;
    });
    if (outcome.reason === "stopped") return await ended(context, life, signals, place);
    const failed = outcome.splits.flatMap(({ problems }) => problems);
    const full = fullDisk(failed);
    if (full !== undefined) return await waitForRoom(full, life, terminal, await progressOf(place));
    const why = outcome.reason === "failed" ? "failed" : "done";
    await life.end(why, failed.map(({ message }) => message).join("\n"), await progressOf(place));
    return outcomeOf(outcome);
  } catch (error) {
    signals.release();
    return await endedBy(error, life, terminal, await progressOf(place));
  } finally {
    signals.release();
  }
}

async function train(
  context: TaskContext,
  { split, network }: { readonly split: number; readonly network: number | null },
  { signal }: TaskSignals,
  onTraining: () => void,
): Promise<TrainingOutcome> {
  const { maps, submission, terminal } = context;
  const experiment = await experimentOfMaps(maps);
  const { engine, threads } = submission;
  // Where a GPU may be found on some nodes and not on others, all keep to what was taken first.
  const wishes = { threads, ...(engine !== "auto" && { engine }) };
  const choose = await trainingEngine(experiment, wishes, maps, terminal);
  return await resumeTraining(maps, {
    ...taskOptions(context),
    engine: async (job) => {
      onTraining();
      return await choose(job);
    },
    signal,
    splits: [split],
    network,
  });
}

/** After a signal, or a request to stop: back to the queue, unless somebody wants it to end. */
async function ended(
  { terminal }: TaskContext,
  life: TaskLife,
  signals: TaskSignals,
  place: NetworkPlace,
): Promise<CommandOutcome> {
  const { maps } = place;
  const result = { maps: maps.folder, split: place.split, network: place.network };
  const progress = await progressOf(place);
  const first = signals.first();
  const goesOn = first !== null && (isWarning(first) || (await life.isWanted()));
  if (!goesOn) {
    await life.end("stopped", "", progress);
    terminal.say(terminal.text("task-stopped"));
    return { result, exit: EXIT.stopped };
  }
  if (life.isStuck(progress)) {
    const stuck = problem("cluster.no-progress", { file: maps.folder }, { restarts: life.restarts });
    return await failed(life, stuck, progress, result);
  }
  terminal.say(terminal.text("task-given-back"));
  if (await life.giveBack(progress)) return { result, exit: EXIT.stopped };
  const refused = problem("cluster.refused", { file: maps.folder }, { reason: "scontrol requeue" });
  return { result, exit: EXIT.failed, problems: [refused] };
}

async function failed(
  life: TaskLife,
  found: Problem,
  progress: Awaited<ReturnType<typeof progressOf>>,
  result: object,
): Promise<CommandOutcome> {
  await life.end("failed", found.message, progress);
  return { result, exit: EXIT.failed, problems: [found] };
}

async function hasEnded(place: NetworkPlace): Promise<boolean> {
  const end = (await readLogEnd(place.eventsJsonl))?.end ?? null;
  if (end === null || end.reason === "failed" || end.reason === "stopped") return false;
  // One network that sees all is done when the results of its split are written.
  return place.network !== null || !existsSync(place.checkpoints);
}

async function progressOf({ eventsJsonl }: NetworkPlace) {
  const end = (await readLogEnd(eventsJsonl))?.end ?? null;
  return end === null ? null : { epochs: end.epochs, batches: end.batches };
}
