/** In which state a run is. Tree, panels, comparison, status bar and notifications all ask here, so that they say the same. */
import type { EndReason } from "./events";

export type RunState =
  /** Found, and not read yet. */
  | "unread"
  /** Handed to a cluster, whose scheduler has not started it yet, or will start it again. */
  | "queued"
  | "running"
  /** A stop was asked for; the trainer has not ended yet. */
  | "stopping"
  /** Its process lives and has given no sign for a while. */
  | "silent"
  | "finished"
  /** On request; can be resumed. */
  | "stopped"
  /** The trainer is gone without a word: killed, or the machine went down. Can be resumed. */
  | "interrupted"
  | "failed"
  /** Taken from the queue of a cluster, or ended there, by somebody. Can be submitted again. */
  | "cancelled"
  /** Its folder is gone. */
  | "missing"
  /** Its folder is there and cannot be read. */
  | "unknown";

/** What a trainer writes of itself while it trains, and when it ends. */
export interface RunSigns {
  /** Milliseconds since 1970. */
  readonly heartbeat: number;
  /** Null while the run goes on, and for ever after a kill. */
  readonly end: { readonly reason: EndReason } | null;
}

/** What a MAPS holds besides the record of its run, which one of ClinicaDL, or one that lost it, does without. */
export interface RunTraces {
  /** A stop was asked for, and nobody has obeyed yet. */
  readonly stopAsked: boolean;
  /** There are checkpoints of an unfinished training. */
  readonly unfinished: boolean;
  /** There is a best model. */
  readonly trained: boolean;
  /** The reason at the end of the last event log. */
  readonly lastEnd: EndReason | null;
}

/** A trainer renews its heartbeat every few seconds, even while it loads a large image. Milliseconds. */
export const SILENCE = 60_000;

/** @param alive whether the trainer of `record` is at work; @param now milliseconds since 1970 */
export function runState(
  record: RunSigns | null,
  alive: boolean,
  now: number,
  { stopAsked, unfinished, trained, lastEnd }: RunTraces,
): RunState {
  if (record !== null && alive) {
    if (now - record.heartbeat > SILENCE) return "silent";
    return stopAsked ? "stopping" : "running";
  }
  if (record !== null) return record.end === null ? "interrupted" : stateAfter(record.end.reason);
  if (unfinished) return lastEnd === null ? "interrupted" : stateAfter(lastEnd);
  return trained ? "finished" : "interrupted";
}

interface StateFacts {
  /** Something computes there now, or will by itself, or it ended before its time: a trainer that left its checkpoints can go on. */
  readonly phase: "live" | "waiting" | "ended early" | "neither";
  /** Of what several trainers work on, the state with the lowest is the state of the whole. */
  readonly rank: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/** That something computes comes first, then that something will, then what asks most for attention. */
const STATES: { readonly [State in RunState]: StateFacts } = {
  unread: { phase: "neither", rank: NEVER },
  queued: { phase: "waiting", rank: 4 },
  running: { phase: "live", rank: 1 },
  stopping: { phase: "live", rank: 2 },
  silent: { phase: "live", rank: 3 },
  finished: { phase: "neither", rank: 9 },
  stopped: { phase: "ended early", rank: 8 },
  interrupted: { phase: "ended early", rank: 5 },
  failed: { phase: "ended early", rank: 6 },
  cancelled: { phase: "ended early", rank: 7 },
  missing: { phase: "neither", rank: NEVER },
  unknown: { phase: "neither", rank: NEVER },
};

export const RUN_STATES: readonly RunState[] = Object.keys(STATES).filter(isRunState);

function isRunState(name: string): name is RunState {
  return Object.hasOwn(STATES, name);
}

/** The state of what several trainers work on. */
export function foldStates(states: readonly RunState[]): RunState {
  return states.reduce(
    (first, state) => (STATES[state].rank < STATES[first].rank ? state : first),
    "finished",
  );
}

function stateAfter(reason: EndReason): RunState {
  switch (reason) {
    case "completed":
    case "early_stopping":
      return "finished";
    case "stopped":
      return "stopped";
    case "nan":
    case "failed":
      return "failed";
  }
}

/** Something computes there now. */
export const isLive = (state: RunState): boolean => STATES[state].phase === "live";

/** It goes on by itself, now or later: whoever shows it looks again. */
export const goesOn = (state: RunState): boolean => isLive(state) || STATES[state].phase === "waiting";

/** The state of a network whose training has begun, and whose log has no end: that of its run, unless nobody is at work there. */
export const unendedState = (run: RunState): RunState => (isLive(run) ? run : "interrupted");

/** It ended before its time. */
export const endedEarly = (state: RunState): boolean => STATES[state].phase === "ended early";
