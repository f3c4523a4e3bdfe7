/** The last job: writes the results of splits whose networks were tasks of their own, and names what is missing. */

import { existsSync } from "node:fs";
import { clusterState, neverBegan, phaseOf, rowOf } from "../../cluster/clusterState";
import { askQueue, type QueueRow } from "../../cluster/queue";
import { readJobs, type TaskRecord, taskKey, writeEnds } from "../../cluster/records";
import { TaskLife } from "../../cluster/taskLife";
import { unitStates } from "../../cluster/unitStates";
import { problem } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import type { Problem } from "../../experiment/problems/problem";
import { mapsPlace } from "../../maps/folder/place";
import { EXIT } from "../../run/exitCodes";
import { joinResults } from "../../training/run/joinResults";
import { experimentOfMaps } from "../../training/run/resumeTraining";
import type { CommandOutcome } from "../command";
import { trainingEngine } from "../runExperiment";
import { resultsSummary } from "../terminal/resultsSummary";
import { endedBy } from "./fullDisk";
import { type TaskContext, taskOptions } from "./taskContext";

export async function joinTask(context: TaskContext): Promise<CommandOutcome> {
  const { maps, submission, job, run } = context;
  const life = await TaskLife.of(maps, { kind: "join" }, submission, job, run);
  try {
    await life.begin();
    // While the scheduler still knows: it forgets within minutes.
    const queue = await askQueue(run);
    if (queue !== null) await writeEnds(maps, { id: submission.id, tasks: await endsOf(context, queue) });
    const outcome = await join(context, queue);
    await life.end("done");
    return outcome;
  } catch (error) {
    return await endedBy(error, life, context.terminal);
  }
}

async function join(context: TaskContext, queue: readonly QueueRow[] | null): Promise<CommandOutcome> {
  const { maps, terminal } = context;
  if (!existsSync(mapsPlace(maps).mapsJson)) {
    const reason = phrase("cluster-check-failed");
    const missing = context.submission.units.map((unit) => missingUnit(maps, unit, reason, null));
    return { result: { maps }, exit: EXIT.failed, problems: missing };
  }
  const { finished, missing } = await joinResults(maps, {
    ...taskOptions(context),
    engine: await engineOf(context),
  });
  const problems = await missingProblems(maps, missing, queue);
  const lines = [
    terminal.text("join-finished", { finished: finished.length, of: splitsOf(finished, missing) }),
    ...(await comparison(context)),
    ...(finished.length === 0 ? [] : await resultsSummary(maps, ["outer", "validation"], terminal)),
  ];
  return {
    result: { maps, finished, missing },
    problems,
    show: () => {
      for (const line of lines) terminal.say(line);
    },
  };
}

async function engineOf({ maps, submission, terminal }: TaskContext) {
  const { engine, threads } = submission;
  const wishes = { threads, ...(engine !== "auto" && { engine }) };
  return await trainingEngine(await experimentOfMaps(maps), wishes, maps, terminal);
}

const splitsOf = (finished: readonly number[], missing: readonly { readonly split: number }[]) =>
  new Set([...finished, ...missing.map(({ split }) => split)]).size;

/** How the tasks ended, where not as they should. */
async function endsOf({ maps, submission }: TaskContext, queue: readonly QueueRow[]) {
  const records = await readJobs(maps);
  return submission.units.flatMap((unit) => {
    const { task } = unit;
    const row = rowOf(queue, submission.jobs.array, task, submission);
    // No task waits any more when this job begins.
    if (row === null)
      return records !== null && neverBegan(records, submission, unit)
        ? [{ task, state: "CANCELLED", reason: "", node: "" }]
        : [];
    if (phaseOf(row.state) === "done") return [];
    const { state, reason, node } = row;
    return [{ task, state, reason, node }];
  });
}

async function missingProblems(
  maps: string,
  missing: readonly { readonly split: number; readonly network: number | null }[],
  queue: readonly QueueRow[] | null,
): Promise<Problem[]> {
  const records = await readJobs(maps);
  if (records === null) return [];
  const { units } = clusterState(records, await unitStates(records), queue);
  return missing.map((unit) => {
    const found = units.find(({ split, network }) => split === unit.split && network === unit.network);
    const untold =
      found?.state === "cancelled"
        ? "cluster-cancelled"
        : found?.log == null
          ? "cluster-not-begun"
          : "cluster-not-ended";
    const reason = found?.reason ?? phrase(untold);
    return missingUnit(maps, unit, reason, found?.log ?? null);
  });
}

const missingUnit = (
  maps: string,
  { split, network }: { readonly split: number; readonly network: number | null },
  reason: string | ReturnType<typeof phrase>,
  log: string | null,
): Problem => problem("cluster.unit-missing", { file: maps }, { split, network, reason, log });

/** Whether the bits are those of one machine. */
async function comparison({ maps, submission, terminal }: TaskContext): Promise<string[]> {
  const records = await readJobs(maps);
  const tasks = submission.units
    .map((unit) => records?.tasks.get(taskKey({ kind: "unit", ...unit })))
    .filter((task): task is TaskRecord => task?.id === submission.id);
  const processors = [...new Set(tasks.map(({ processor }) => processor))];
  const [processor] = processors;
  if (processor === undefined) return [];
  const { engine, threads } = submission;
  return processors.length === 1
    ? [terminal.text("join-same", { engine, threads, processor })]
    : [terminal.text("join-differing", { processors })];
}
