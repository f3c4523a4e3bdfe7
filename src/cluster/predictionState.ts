/** In which state the parts of a group are that a cluster predicts: from its records, its logs and what the scheduler says. Pure. */
import { foldStates, type RunState } from "../run/state";
import { phaseOf, rowOf } from "./clusterState";
import type { PredictionFiles, PredictionSubmission } from "./predictions";
import type { QueueRow } from "./queue";

export interface PredictionJob {
  readonly state: RunState;
  /** The scheduler's word; null where there is none. */
  readonly reason: string | null;
  readonly node: string | null;
  /** Whether the scheduler has started it again, or will. */
  readonly requeued: boolean;
  readonly log: string | null;
}

export interface PredictionState {
  readonly group: string;
  readonly parts: readonly PredictionJob[];
  /** The job that writes the tables. */
  readonly join: PredictionJob;
  /** Of all together. */
  readonly state: RunState;
  /** When it was submitted; milliseconds since 1970. */
  readonly since: number;
}

/** @param queue the answer of `askQueue`; null where nobody answers: then the files alone tell */
export function predictionState(files: PredictionFiles, queue: readonly QueueRow[] | null): PredictionState {
  const { group, submission, answered, logs, joinLog } = files;
  const { jobs, parts: of, joined } = submission;
  const isKnown = (queue ?? []).some(
    ({ job, task }) => job === jobs.array && rowOf(queue, job, task, submission) !== null,
  );
  const parts = Array.from({ length: of }, (_, part) => {
    const row = rowOf(queue, jobs.array, part, submission);
    const end = submission.ends?.find(({ task }) => task === part) ?? null;
    const log = logs.get(part) ?? null;
    // One that is cancelled while it waits vanishes from its array.
    const vanished = isKnown && log === null;
    return jobState({ isDone: joined || answered.has(part), row, end, log, vanished }, submission, queue);
  });
  const row = rowOf(queue, jobs.join, null, submission);
  // It fails where parts are missing, of which it keeps how they ended.
  const end = submission.ends === undefined ? null : { state: "FAILED", reason: "", node: "" };
  const join = jobState({ isDone: joined, row, end, log: joinLog, vanished: false }, submission, queue);
  const state = foldStates([...parts, join].map((job) => job.state));
  return { group, parts, join, state, since: submission.submitted };
}

interface Known {
  readonly isDone: boolean;
  readonly row: QueueRow | null;
  /** How the last job found that it had ended; null where it did not. */
  readonly end: { readonly state: string; readonly reason: string; readonly node: string } | null;
  readonly log: string | null;
  readonly vanished: boolean;
}

function jobState(
  { isDone, row, end, log, vanished }: Known,
  { cancelled }: PredictionSubmission,
  queue: readonly QueueRow[] | null,
): PredictionJob {
  const node = (row ?? end)?.node || null;
  const told = (state: RunState, reason: string | null = null, requeued = false): PredictionJob => ({
    ...{ state, reason, requeued, log },
    node: state === "queued" ? null : node,
  });
  if (isDone) return told("finished");
  const ended = row ?? end;
  switch (ended === null ? null : phaseOf(ended.state)) {
    case "waits":
      return told("queued", ended?.reason || null, log !== null);
    case "works":
      return told("running");
    case "cancelled":
      return told("cancelled");
    case "failed":
      return told("failed", ended === null ? null : wordsOf(ended));
    case "done":
    case null:
  }
  if (cancelled !== undefined || (ended === null && vanished)) return told("cancelled");
  if (queue === null && ended === null) return told(log === null ? "queued" : "running");
  return told("interrupted");
}

/** Why it ended. */
export const wordsOf = ({ state, reason }: Pick<QueueRow, "state" | "reason">): string =>
  reason === "" || reason === state ? state : `${state}, ${reason}`;
