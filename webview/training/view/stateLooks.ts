/** How the state of a run, or of a job of it, looks. */
import type { RunState } from "../../../src/run/state";
import type { IconName } from "../../shared/icon";

export const STATUS_ICONS: Readonly<Record<RunState, IconName>> = {
  unread: "circle-outline",
  queued: "clock",
  running: "sync",
  stopping: "sync",
  silent: "warning",
  finished: "check",
  stopped: "debug-stop",
  interrupted: "warning",
  failed: "error",
  cancelled: "close",
  missing: "warning",
  unknown: "warning",
};

const NO_TONE = "var(--vscode-foreground)";
const CAUTION = "var(--vscode-charts-yellow)";

/** The colour only repeats what word and icon say. */
export const STATUS_TONES: Readonly<Record<RunState, string>> = {
  unread: NO_TONE,
  queued: "var(--vscode-charts-blue)",
  running: "var(--vscode-charts-blue)",
  stopping: "var(--vscode-charts-blue)",
  silent: CAUTION,
  finished: "var(--vscode-charts-green)",
  stopped: CAUTION,
  interrupted: CAUTION,
  failed: "var(--vscode-errorForeground)",
  cancelled: CAUTION,
  missing: CAUTION,
  unknown: CAUTION,
};
