/** What the tree, the status bar and the notifications know of one MAPS. */
import type { MapsSummary, SplitSummary } from "../../maps/folder/summary";

export type RunStatus =
  /** Found, and not read yet. */
  | "unread"
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
  | "failed";

export interface MapsView {
  /** Absolute path. */
  readonly maps: string;
  readonly status: RunStatus;
  /** How it ended in the trainer's words; "" where it said nothing. */
  readonly message: string;
  /** Null where maps.json does not say. */
  readonly task: string | null;
  readonly architecture: string | null;
  /** Epochs at most; null where nothing tells it. */
  readonly epochs: number | null;
  /** The process that trains here, or did last. */
  readonly trainer: { readonly pid: number; readonly host: string } | null;
  /** Gyrus made it, so that Gyrus can train it again and resume it. */
  readonly own: boolean;
  readonly progress: MapsSummary["progress"];
  readonly splits: readonly SplitSummary[];
  readonly groups: readonly string[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
  /** Milliseconds since 1970: last sign of life, for sorting. */
  readonly changed: number;
}

/** A trainer renews its heartbeat every few seconds, even while it loads a large image. */
const silence = 60_000;

export function viewOf(summary: MapsSummary, now = Date.now()): MapsView {
  const { maps, message, run, settings, progress, splits, groups, problems, changed } = summary;
  return {
    maps,
    status: statusOf(summary, now),
    message,
    task: settings.task,
    architecture: settings.architecture,
    epochs: settings.epochs,
    trainer: run,
    own: settings.gyrusVersion !== null,
    progress,
    splits,
    groups,
    problems,
    changed,
  };
}

function statusOf({ status, stopping, run }: MapsSummary, now: number): RunStatus {
  if (status !== "running") return status;
  if (run !== null && now - run.heartbeat > silence) return "silent";
  return stopping ? "stopping" : "running";
}

/** Something computes there now. */
export const isLive = (status: RunStatus) =>
  status === "running" || status === "stopping" || status === "silent";

/** Ended before its time, with what is needed to go on. */
export const canResume = (view: MapsView) =>
  view.own && ["stopped", "interrupted", "failed"].includes(view.status);

/** A MAPS of which only the place is known. */
export const unreadView = (maps: string): MapsView => ({
  maps,
  status: "unread",
  message: "",
  task: null,
  architecture: null,
  epochs: null,
  trainer: null,
  own: false,
  progress: null,
  splits: [],
  groups: [],
  problems: [],
  changed: 0,
});
