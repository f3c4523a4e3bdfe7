/** The jobs of a prediction: a task answers for its part and writes that alone, the last job joins what all have answered. */
import { phaseOf, rowOf } from "../../cluster/clusterState";
import { wordsOf } from "../../cluster/predictionState";
import {
  type PredictionSubmission,
  predictionLog,
  removeParts,
  writePrediction,
} from "../../cluster/predictions";
import { askQueue, type QueueRow } from "../../cluster/queue";
import type { RunSlurm } from "../../cluster/slurm";
import type { JobEnvironment } from "../../cluster/taskLife";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import type { Problem } from "../../experiment/problems/problem";
import { exists } from "../../files/exists";
import { answerPart, joinParts, type PartedRequest } from "../../training/results/groupInParts";
import { readPart, writePart } from "../../training/results/partAnswers";
import type { CommandOutcome, CommandTerminal } from "../command";
import { answeringEngine } from "../engines/answeringEngine";
import { checkProgress } from "../runExperiment";
import { resultsSummary } from "../terminal/resultsSummary";

export interface PredictionContext {
  readonly request: PartedRequest;
  /** Of its records. */
  readonly folder: string;
  readonly submission: PredictionSubmission;
  readonly job: JobEnvironment;
  readonly run: RunSlurm;
  readonly terminal: CommandTerminal;
}

const tell = (terminal: CommandTerminal) =>
  ({
    onNotice: (notice) => terminal.tell(notice),
    onWarning: (warning) => terminal.warn(warning),
    onHeader: checkProgress(terminal, "reading-headers"),
  }) satisfies Parameters<typeof joinParts>[2];

export async function predictPart(context: PredictionContext): Promise<CommandOutcome> {
  const { request, folder, submission, job, terminal } = context;
  const { key, parts: of, engine, threads } = submission;
  const part = job.task;
  if (part === null || part >= of) throw refuse("cluster.no-task", { file: folder });
  // A task that the scheduler starts again may have ended before.
  if ((await readPart(folder, part, key)) === null) {
    const chosen = await answeringEngine({ engine, threads }, terminal);
    const models = await answerPart(request, { part, of }, { ...tell(terminal), engine: chosen });
    await writePart(folder, part, { key, models });
  }
  return {
    result: { folder, part },
    show: () => terminal.say(terminal.text("part-answered", { part, of })),
  };
}

/** Joining what is joined does nothing. */
export async function joinPrediction(context: PredictionContext): Promise<CommandOutcome> {
  const { request, folder, submission, run, terminal } = context;
  const { key, parts: of } = submission;
  const { maps, output = maps, group } = request;
  if (!submission.joined) {
    // While the scheduler still knows: it forgets within minutes.
    const queue = await askQueue(run);
    const read = await Promise.all(Array.from({ length: of }, (_, part) => readPart(folder, part, key)));
    const answered = read.filter((models) => models !== null);
    if (answered.length < of) {
      const missing = [...read.keys()].filter((part) => read[part] === null);
      const rows = (queue ?? []).filter((row) => rowOf([row], submission.jobs.array, row.task, submission));
      const ends = rows.flatMap(({ task, state, reason, node }) =>
        task !== null && missing.includes(task) ? [{ task, state, reason, node }] : [],
      );
      await writePrediction(folder, { ...submission, ends });
      const problems = await Promise.all(missing.map((part) => missingPart(context, part, queue)));
      return { result: { maps, group, missing }, problems };
    }
    await joinParts(request, answered, tell(terminal));
    await writePrediction(folder, { ...submission, joined: true });
  }
  // After the record: a job that is ended here joins nothing anew.
  await removeParts(folder);
  const summary = output === maps ? await resultsSummary(maps, [group], terminal) : [];
  return {
    result: { maps, output, group, missing: [] },
    show: () => {
      for (const line of [terminal.text("parts-joined", { of, group }), ...summary]) terminal.say(line);
    },
  };
}

/** Names a part without answers, with the scheduler's reason where it gives one. */
async function missingPart(
  { request: { group }, folder, submission }: PredictionContext,
  part: number,
  queue: readonly QueueRow[] | null,
): Promise<Problem> {
  const { jobs, parts: of } = submission;
  const row = rowOf(queue, jobs.array, part, submission);
  const log = jobs.array === null ? null : predictionLog(folder, jobs.array, part);
  const begun = log !== null && (await exists(log));
  const untold = phrase(begun ? "cluster-not-ended" : "cluster-not-begun");
  const reason = row === null || phaseOf(row.state) === "done" ? untold : wordsOf(row);
  return problem(
    "cluster.part-missing",
    { file: folder },
    { part, of, group, reason, log: begun ? log : null },
  );
}
