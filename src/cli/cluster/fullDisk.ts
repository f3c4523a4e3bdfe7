/** A full disk ends no task for good: what is saved is whole, and the task waits in the queue until somebody has made room. */
import { type Progress, type TaskLife, WAIT_FOR_ROOM } from "../../cluster/taskLife";
import type { Problem } from "../../experiment/problems/problem";
import { EXIT } from "../../run/exitCodes";
import { failureProblems } from "../../training/failureProblems";
import type { CommandOutcome, CommandTerminal } from "../command";
import { reasonsOf } from "./taskContext";
import { taskSignals } from "./taskSignals";

const FULL: readonly Problem["code"][] = ["file.disk-full", "file.quota"];

/** The problem that says that a disk, or the quota of the user on it, is full; undefined for what ended of anything else. */
export const fullDisk = (problems: readonly Problem[]): Problem | undefined =>
  problems.find(({ code }) => FULL.includes(code));

/** How a task ends that has thrown: back in the queue where the disk is full, else failed. @throws `error` again, where it has failed */
export async function endedBy(
  error: unknown,
  life: TaskLife,
  terminal: CommandTerminal,
  progress: Progress = null,
): Promise<CommandOutcome> {
  const full = fullDisk(failureProblems(error));
  if (full !== undefined) return await waitForRoom(full, life, terminal, progress);
  await life.end("failed", reasonsOf(error), progress);
  throw error;
}

/** Gives a task back that found the disk full. */
export async function waitForRoom(
  full: Problem,
  life: TaskLife,
  terminal: CommandTerminal,
  progress: Progress,
): Promise<CommandOutcome> {
  // The scheduler ends this process while it still has to say how long it is to wait.
  const signals = taskSignals(() => {});
  try {
    if (!(await life.waitForRoom(full.message, progress)))
      return { result: {}, exit: EXIT.failed, problems: [full] };
    terminal.say(terminal.text("task-waits-for-room", { minutes: WAIT_FOR_ROOM }));
    return { result: {}, exit: EXIT.stopped };
  } finally {
    signals.release();
  }
}
