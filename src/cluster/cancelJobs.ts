/** Takes jobs of a MAPS from the cluster: only those of which the scheduler itself says that they are this user's, and this MAPS's. */
import { userInfo } from "node:os";
import { problem } from "../experiment/problems/makeProblem";
import type { Problem } from "../experiment/problems/problem";
import { mapsPlace } from "../maps/folder/place";
import { phaseOf, rowOf } from "./clusterState";
import { readAllPredictions, writePrediction } from "./predictions";
import { askQueue, type QueueRow } from "./queue";
import { readJobs, type Submission, writeCancelled } from "./records";
import { type RunSlurm, runSlurm } from "./slurm";

export interface Cancelled {
  /** As `scancel` was given them: `12`, `13_4`. */
  readonly cancelled: readonly string[];
  readonly refused: readonly Problem[];
}

/** What is to be taken away. */
export interface JobChoice {
  /** Of a training. */
  readonly units: readonly { readonly split: number; readonly network: number | null }[];
  /** Of which all predictions are meant. */
  readonly groups: readonly string[];
}

/**
 * Never throws: what cannot be cancelled is among `refused`.
 * @param choice null for all jobs of the MAPS: those of its training, the first and the last too, and those of its predictions
 */
export async function cancelJobs(
  maps: string,
  choice: JobChoice | null = null,
  run: RunSlurm = runSlurm,
): Promise<Cancelled> {
  const records = choice?.units.length === 0 ? null : await readJobs(maps);
  const place = { file: mapsPlace(maps).cluster };
  const predictions = (choice?.groups.length === 0 ? [] : await readAllPredictions(maps)).filter(
    ({ group }) => choice === null || choice.groups.includes(group),
  );
  if (records === null && predictions.length === 0)
    return { cancelled: [], refused: [problem("cluster.no-jobs", { file: maps })] };
  const queue = await askQueue(run);
  if (queue === null)
    return { cancelled: [], refused: [problem("cluster.no-slurm", place, { reason: "squeue" })] };
  const cancelled: string[] = [];
  const refused: Problem[] = [...(records?.problems ?? [])];
  const take = async (submission: Jobs, tasks: readonly number[] | null, mark: () => Promise<void>) => {
    const { live, foreign } = rowsOf(submission, tasks, queue);
    for (const row of foreign)
      refused.push(problem("cluster.foreign-job", place, { job: nameOf(row), user: row.user }));
    if (live.length === 0) return;
    await mark();
    const names = live.map(nameOf);
    const { code, errors } = await run("scancel", names);
    if (code === 0) cancelled.push(...names);
    else refused.push(problem("cluster.scancel", place, { reason: errors.trim() }));
  };
  for (const submission of records?.submissions ?? []) {
    const { id } = submission;
    const tasks = choice === null ? null : tasksOf(submission, choice.units);
    if (tasks?.length === 0) continue;
    const former = withFormer(records?.cancelled ?? new Map(), id, tasks);
    await take(submission, tasks, () => writeCancelled(maps, { id, tasks: former, time: Date.now() }));
  }
  for (const { folder, submission } of predictions)
    await take(submission, null, () => writePrediction(folder, { ...submission, cancelled: Date.now() }));
  if (cancelled.length === 0 && refused.length === 0) refused.push(problem("cluster.none-live", place));
  return { cancelled, refused };
}

/** What was cancelled before stays so. */
function withFormer(
  marks: ReadonlyMap<string, { readonly tasks: readonly number[] | null }>,
  id: string,
  tasks: readonly number[] | null,
): readonly number[] | null {
  const former = marks.get(id);
  if (former === undefined) return tasks;
  return tasks === null || former.tasks === null ? null : [...new Set([...former.tasks, ...tasks])];
}

const tasksOf = ({ units: submitted }: Submission, units: JobChoice["units"]): number[] =>
  submitted
    .filter(({ split, network }) => units.some((unit) => unit.split === split && unit.network === network))
    .map(({ task }) => task);

interface Jobs {
  readonly id: string;
  readonly jobs: { readonly array: number | null } & Readonly<Record<string, number | null>>;
}

function rowsOf(
  submission: Jobs,
  tasks: readonly number[] | null,
  queue: readonly QueueRow[],
): { live: QueueRow[]; foreign: QueueRow[] } {
  const { jobs } = submission;
  const mine = { id: submission.id, user: userInfo().username };
  const numbers = tasks === null ? Object.values(jobs) : [jobs.array];
  const named = queue.filter(
    ({ job, task }) => numbers.includes(job) && (tasks === null || (task !== null && tasks.includes(task))),
  );
  const active = named.filter(({ state }) => ["waits", "works"].includes(phaseOf(state)));
  const isMine = (row: QueueRow) => rowOf([row], row.job, row.task, mine) !== null;
  return { live: active.filter(isMine), foreign: active.filter((row) => !isMine(row)) };
}

const nameOf = ({ job, task }: QueueRow): string => (task === null ? String(job) : `${job}_${task}`);
