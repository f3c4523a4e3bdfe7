/** In which state the units of a MAPS are on a cluster: from its records and what the scheduler says. Pure. */
import { endedEarly, foldStates, isLive, type RunState } from "../run/state";
import type { QueueRow } from "./queue";
import {
  type ClusterRecords,
  printedLog,
  type Submission,
  type SubmittedUnit,
  type TaskRecord,
  taskKey,
} from "./records";

export interface ClusterUnit {
  readonly split: number;
  readonly network: number | null;
  readonly state: RunState;
  /** The scheduler's word (`Resources`, `TimeLimit`) or what the task said it failed of; null where there is none. */
  readonly reason: string | null;
  readonly node: string | null;
  /** Since when it is at work, or waits; milliseconds since 1970. */
  readonly since: number;
  /** How often the scheduler started it again. */
  readonly requeued: number;
  /** What its task printed; null before it has begun. */
  readonly log: string | null;
  /** By which submission; `job` is null where the scheduler gave no number. */
  readonly submission: string;
  readonly job: number | null;
  readonly task: number;
}

export interface ClusterState {
  readonly units: readonly ClusterUnit[];
  /** Of the first job, which checks images and makes the MAPS, and of the last, which joins the results. */
  readonly check: JobState | null;
  readonly join: JobState | null;
  /** Of all together. */
  readonly state: RunState;
}

export interface JobState {
  readonly state: RunState;
  readonly reason: string | null;
  /** The node on which it failed before it could write a word to the MAPS: the folder is none that the nodes share. */
  readonly blindNode: string | null;
  readonly log: string | null;
}

/** What the MAPS itself says of a unit (src/maps/units/foldRecords.ts); null where its training has not begun. */
export type UnitStates = (split: number, network: number | null) => RunState | null;

/** @param queue the answer of `askQueue`; null where nobody answers: then the files alone tell */
export function clusterState(
  records: ClusterRecords,
  stateOf: UnitStates,
  queue: readonly QueueRow[] | null,
): ClusterState {
  const seen = new Set<string>();
  const units = records.submissions.flatMap((submission) =>
    submission.units.flatMap((unit) => {
      const key = taskKey({ kind: "unit", ...unit });
      // A unit that was submitted again is what became of it then.
      if (seen.has(key)) return [];
      seen.add(key);
      return [unitState(records, submission, unit, stateOf(unit.split, unit.network), queue)];
    }),
  );
  units.sort((a, b) => a.split - b.split || (a.network ?? -1) - (b.network ?? -1));
  const [last] = records.submissions;
  const check = last === undefined ? null : jobState(records, last, "check", queue);
  const join = last === undefined ? null : jobState(records, last, "join", queue);
  return { units, check, join, state: foldStates(units.map(({ state }) => state)) };
}

function unitState(
  records: ClusterRecords,
  submission: Submission,
  unit: SubmittedUnit,
  trained: RunState | null,
  queue: readonly QueueRow[] | null,
): ClusterUnit {
  const { id, jobs, submitted } = submission;
  const found = records.tasks.get(taskKey({ kind: "unit", ...unit }));
  const task = found?.id === id ? found : undefined;
  const row = rowOf(queue, jobs.array, unit.task, submission);
  const told = tell({ records, submission, unit, trained, task, row, queue });
  const live = isLive(told.state);
  return {
    split: unit.split,
    network: unit.network,
    ...told,
    node: live && row !== null && row.node !== "" ? row.node : (task?.node ?? null),
    since: told.state === "queued" ? (task?.end?.time ?? submitted) : (task?.started ?? submitted),
    requeued: (task?.restarts ?? 0) + (told.state === "queued" && task !== undefined ? 1 : 0),
    log: printedLog(records, jobs.array, unit.task),
    submission: id,
    job: jobs.array,
    task: unit.task,
  };
}

interface Known {
  readonly records: ClusterRecords;
  readonly submission: Submission;
  readonly unit: SubmittedUnit;
  readonly trained: RunState | null;
  readonly task: TaskRecord | undefined;
  readonly row: QueueRow | null;
  readonly queue: readonly QueueRow[] | null;
}

type Told = Pick<ClusterUnit, "state" | "reason">;

function tell(known: Known): Told {
  if (known.trained === "finished") return { state: "finished", reason: null };
  return (known.row === null ? null : byQueue(known, known.row)) ?? byFiles(known);
}

/** Null where it ended as the scheduler expects: then the files tell more. */
function byQueue({ records, submission, trained, task }: Known, row: QueueRow): Told | null {
  const phase = phaseOf(row.state);
  const reason = row.reason || null;
  switch (phase) {
    case "waits":
      return { state: "queued", reason: waitReason(task) ?? reason };
    case "works":
      // Whether it is silent, its heartbeat does not tell: the clock of its node may be minutes away from this one.
      return { state: trained === "stopping" ? trained : "running", reason: null };
    case "done":
      // A task ends as the scheduler expects when it has done its work, and only then.
      return trained === null && task === undefined ? { state: "finished", reason: null } : null;
    case "cancelled":
    case "failed":
      return ended(records, submission, phase, row.state, reason, task);
  }
}

function byFiles(known: Known): Told {
  const { records, submission, unit, trained, task, queue } = known;
  const answered = queue !== null;
  const mark = records.cancelled.get(submission.id);
  if (mark !== undefined && (mark.tasks === null || mark.tasks.includes(unit.task)))
    return { state: "cancelled", reason: null };
  const kept = records.ends.get(submission.id)?.tasks.find((one) => one.task === unit.task);
  const phase = kept === undefined ? "done" : phaseOf(kept.state);
  if (kept !== undefined && (phase === "failed" || phase === "cancelled"))
    return ended(records, submission, phase, kept.state, kept.reason || null, task);
  if (isInQueue(queue, submission) && neverBegan(records, submission, unit))
    return { state: "cancelled", reason: null };
  if (task?.end != null && task.end.why !== "requeued") return ownEnd(task.end, trained);
  if (task?.end != null && !answered) return { state: "queued", reason: waitReason(task) };
  if (trained !== null && (!answered || endedEarly(trained))) return { state: trained, reason: null };
  // Where nobody asked a scheduler, it may still be on its way; one that was asked does not know it any more.
  const waits = !answered && task === undefined;
  return { state: waits ? "queued" : "interrupted", reason: null };
}

/** Whether the scheduler still knows its array, by whichever task. */
const isInQueue = (queue: readonly QueueRow[] | null, submission: Submission): boolean =>
  queue?.some(
    ({ job, task }) => job === submission.jobs.array && rowOf(queue, job, task, submission) !== null,
  ) === true;

/**
 * Whether a task has left no trace. One that is cancelled while it waits vanishes from its array: where the scheduler has no line of it
 * any more, that is what became of it.
 */
export const neverBegan = (records: ClusterRecords, { id, jobs }: Submission, unit: SubmittedUnit): boolean =>
  records.tasks.get(taskKey({ kind: "unit", ...unit }))?.id !== id &&
  printedLog(records, jobs.array, unit.task) === null;

/** What a task said when it gave itself back for another reason than its time; the scheduler knows only until when it waits. */
const waitReason = (task: TaskRecord | undefined): string | null =>
  task?.end?.why === "requeued" ? task.end.reason || null : null;

function ownEnd(end: NonNullable<TaskRecord["end"]>, trained: RunState | null): Told {
  if (end.why === "failed") return { state: "failed", reason: end.reason || null };
  if (end.why === "done") return { state: trained ?? "finished", reason: null };
  return { state: "stopped", reason: null };
}

function ended(
  records: ClusterRecords,
  submission: Submission,
  phase: "failed" | "cancelled",
  state: string,
  reason: string | null,
  task: TaskRecord | undefined,
): Told {
  const check = records.tasks.get("check");
  // The scheduler takes the tasks away when what they wait for has failed.
  if (task === undefined && check?.id === submission.id && check.end?.why === "failed")
    return { state: "failed", reason: check.end.reason };
  // Why it waited before is no reason of it.
  if (phase === "cancelled") return { state: "cancelled", reason: null };
  const said = task?.end?.why === "failed" && task.end.reason !== "" ? task.end.reason : null;
  return { state: "failed", reason: said ?? reason ?? state };
}

function jobState(
  records: ClusterRecords,
  submission: Submission,
  kind: "check" | "join",
  queue: readonly QueueRow[] | null,
): JobState | null {
  const job = submission.jobs[kind];
  if (job === null) return null;
  const found = records.tasks.get(kind);
  const task = found?.id === submission.id ? found : undefined;
  const log = printedLog(records, job, null);
  const row = rowOf(queue, job, null, submission);
  const phase = row === null ? null : phaseOf(row.state);
  const reason = row?.reason || null;
  const blindNode = phase === "failed" && task === undefined && kind === "check" ? (row?.node ?? null) : null;
  const told = (state: RunState, why: string | null): JobState => ({ state, reason: why, blindNode, log });
  if (task?.end?.why === "done") return told("finished", null);
  if (phase === "waits") return told("queued", waitReason(task) ?? reason);
  if (phase === "works") return told("running", null);
  if (phase === "cancelled" || records.cancelled.has(submission.id)) return told("cancelled", null);
  if (phase === "failed" || task?.end?.why === "failed") return told("failed", task?.end?.reason || reason);
  if (phase === "done") return told("finished", null);
  return told(queue === null && task === undefined ? "queued" : "interrupted", null);
}

/** Owner and comment must be those of the submission: numbers of jobs are given again some day, and files can say anything. */
export function rowOf(
  queue: readonly QueueRow[] | null,
  job: number | null,
  task: number | null,
  { id, user }: Pick<Submission, "id" | "user">,
): QueueRow | null {
  const found = queue?.find(
    (row) => row.job === job && row.task === task && row.comment === id && row.user === user,
  );
  return found ?? null;
}

/** What a state of SLURM means here; one that is new ends nothing. */
export function phaseOf(state: string): "waits" | "works" | "done" | "cancelled" | "failed" {
  const [word = ""] = state.split(/[ +]/);
  switch (word) {
    case "PENDING":
    case "REQUEUED":
    case "REQUEUE_FED":
    case "REQUEUE_HOLD":
    case "RESV_DEL_HOLD":
    case "SPECIAL_EXIT":
      return "waits";
    case "COMPLETED":
      return "done";
    case "CANCELLED":
    case "REVOKED":
      return "cancelled";
    case "BOOT_FAIL":
    case "DEADLINE":
    case "FAILED":
    case "NODE_FAIL":
    case "OUT_OF_MEMORY":
    case "PREEMPTED":
    case "TIMEOUT":
      return "failed";
    default:
      return "works";
  }
}
