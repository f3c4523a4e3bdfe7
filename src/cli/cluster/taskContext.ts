/** What the jobs of a submission share. */
import type { Submission } from "../../cluster/records";
import type { RunSlurm } from "../../cluster/slurm";
import type { JobEnvironment } from "../../cluster/taskLife";
import { warning } from "../../experiment/problems/makeProblem";
import { failureProblems } from "../../training/failureProblems";
import type { RunOptions } from "../../training/run/runOptions";
import type { CommandTerminal } from "../command";
import { checkProgress } from "../runExperiment";
import { trainingObserver } from "../terminal/trainingObserver";
import { GYRUS_VERSION } from "../version";

export interface TaskContext {
  readonly maps: string;
  readonly submission: Submission;
  readonly job: JobEnvironment;
  readonly run: RunSlurm;
  readonly terminal: CommandTerminal;
  readonly words: readonly string[];
}

/** How a training speaks in a task, and what it computes with: as it was submitted. */
export function taskOptions({ terminal, words, submission, job }: TaskContext): Omit<RunOptions, "engine"> {
  const { threads } = submission;
  if (job.cores !== null && threads > job.cores)
    terminal.warn(warning("threads.more-than-cores", { where: "cpus" }, { threads, cores: job.cores }));
  return {
    observer: trainingObserver(terminal),
    onNotice: (notice) => terminal.tell(notice),
    onWarning: (found) => terminal.warn(found),
    gyrusVersion: GYRUS_VERSION,
    command: ["gyrus", ...words],
    onHeader: checkProgress(terminal, "reading-headers"),
    onCheck: checkProgress(terminal, "checking-images"),
    onCompare: checkProgress(terminal, "comparing-images"),
  };
}

/** Why something failed, in English, as a record keeps it. */
export const reasonsOf = (failure: unknown): string =>
  failureProblems(failure)
    .map(({ message, remedy }) => `${message} ${remedy}`.trim())
    .join("\n");
