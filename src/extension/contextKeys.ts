/** What `when` clauses of the manifest may ask. */
import { commands } from "vscode";

export const CONTEXT_KEYS = [
  /** The workspace has been searched for MAPS and experiment files once. */
  "gyrus.searched",
  "gyrus.hasExperimentFile",
  /** Something waits in the queue. */
  "gyrus.hasPending",
  "gyrus.hasRun",
  "gyrus.hasFinishedRun",
] as const;
export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** Tells VS Code about keys when they change. */
export class ContextKeys {
  private readonly told = new Map<ContextKey, boolean>();

  set(key: ContextKey, value: boolean): void {
    if (this.told.get(key) === value) return;
    this.told.set(key, value);
    void commands.executeCommand("setContext", key, value);
  }
}
