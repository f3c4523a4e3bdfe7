/** What the tree, the status bar and the notifications know of one MAPS. */

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
  /** The process that trains here, or did last. */
  readonly trainer: { readonly pid: number; readonly host: string } | null;
  /** Gyrus made it, so that Gyrus can resume it. */
  readonly resumable: boolean;
  readonly progress: Progress | null;
  readonly splits: readonly SplitView[];
  readonly groups: readonly string[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
  /** Milliseconds since 1970: last sign of life, for sorting. */
  readonly changed: number;
}

/** Where the network that trains now stands. */
export interface Progress {
  readonly split: number;
  readonly network: number | null;
  /** Epochs that are complete. */
  readonly epoch: number;
  readonly epochs: number;
}

export interface SplitView {
  readonly split: number;
  readonly networks: readonly NetworkView[];
}

export interface NetworkView {
  /** Null when the split has a single one. */
  readonly network: number | null;
  readonly epoch: number;
  readonly epochs: number | null;
  readonly ended: boolean;
  readonly best: readonly BestView[];
}

export interface BestView {
  readonly metric: string;
  /** Null where no file tells it. */
  readonly value: number | null;
  readonly epoch: number | null;
}

/** Something computes there now. */
export const isLive = (status: RunStatus) =>
  status === "running" || status === "stopping" || status === "silent";

/** Ended before its time, with what is needed to go on. */
export const canResume = (view: MapsView) =>
  view.resumable && ["stopped", "interrupted", "failed"].includes(view.status);

/** A MAPS of which only the place is known. */
export const unreadView = (maps: string): MapsView => ({
  maps,
  status: "unread",
  message: "",
  task: null,
  architecture: null,
  trainer: null,
  resumable: false,
  progress: null,
  splits: [],
  groups: [],
  problems: [],
  changed: 0,
});
