/** The first job: checks the images and makes the MAPS, which no login node should do. */

import type { Acceptable } from "../../audit/check";
import { TaskLife } from "../../cluster/taskLife";
import { mapsPlace } from "../../maps/folder/place";
import { clearStopRequest } from "../../maps/units/stopRequest";
import { EXIT } from "../../run/exitCodes";
import { prepareMaps } from "../../training/run/runTraining";
import type { CommandOutcome } from "../command";
import { loadExperiment, trainingEngine } from "../runExperiment";
import { endedBy } from "./fullDisk";
import { type TaskContext, taskOptions } from "./taskContext";
import { isWarning, taskSignals } from "./taskSignals";

export async function checkTask(
  context: TaskContext,
  file: string,
  accepted: ReadonlySet<Acceptable>,
): Promise<CommandOutcome> {
  const { maps, submission, job, run, terminal } = context;
  const life = await TaskLife.of(maps, { kind: "check" }, submission, job, run);
  const signals = taskSignals((name) => void giveBack(life, name));
  try {
    await life.begin();
    const experiment = await loadExperiment(file, terminal);
    const { engine, threads } = submission;
    const choose = await trainingEngine(experiment, { engine, threads }, null, terminal);
    const given = { ...experiment, engine, threads, n_proc: experiment.n_proc ?? threads };
    await prepareMaps(given, maps, { ...taskOptions(context), engine: choose, accepted });
    // A request to stop was for those who trained before.
    await clearStopRequest(mapsPlace(maps));
    await life.end("done");
    return { result: { maps }, show: () => terminal.say(terminal.text("task-checked")) };
  } catch (error) {
    signals.release();
    return await endedBy(error, life, terminal);
  } finally {
    signals.release();
  }
}

/** Checking leaves nothing half-way that the next start does not take away. */
async function giveBack(life: TaskLife, name: NodeJS.Signals): Promise<void> {
  if (isWarning(name) || (await life.isWanted())) await life.giveBack(null);
  else await life.end("stopped");
  process.exit(EXIT.stopped);
}
