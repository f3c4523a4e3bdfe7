/** What `when` clauses of the manifest may ask. */
import { commands, type Disposable } from "vscode";
import { Disposables } from "./disposables";
import type { Experiments } from "./experiments/experiments";
import type { TrainerSupervisor } from "./trainer/supervisor";

export const CONTEXT_KEYS = [
  /** The workspace has been searched for MAPS and experiment files once. */
  "gyrus.searched",
  "gyrus.hasExperimentFile",
  /** Something waits in the queue, or starts. */
  "gyrus.hasPending",
  "gyrus.hasRun",
  "gyrus.hasFinishedRun",
  /** A run was submitted to a cluster, or the predictions of one. */
  "gyrus.hasClusterRun",
  /** The tree of experiments hides those without the words that were asked for; told by the tree itself. */
  "gyrus.isFiltered",
  /** It hides archived experiments, or shows some; told by the tree too. */
  "gyrus.hidesArchived",
  "gyrus.showsArchived",
] as const;
export type ContextKey = (typeof CONTEXT_KEYS)[number];
type KeyOfTree = "gyrus.isFiltered" | "gyrus.hidesArchived" | "gyrus.showsArchived";

/** Tells VS Code about the keys when they change. */
export class ContextKeys implements Disposable {
  readonly #parts = new Disposables();
  readonly #told = new Map<string, boolean>();
  readonly #experiments: Experiments;
  readonly #supervisor: TrainerSupervisor;

  constructor(experiments: Experiments, supervisor: TrainerSupervisor) {
    this.#experiments = experiments;
    this.#supervisor = supervisor;

    this.#parts.add(experiments.onDidChange(() => this.#tell()));
    this.#parts.add(supervisor.onDidChange(() => this.#tell()));
    this.#tell();
  }

  #tell(): void {
    for (const [key, value] of Object.entries(this.#values())) {
      if (this.#told.get(key) === value) continue;
      this.#told.set(key, value);
      void commands.executeCommand("setContext", key, value);
    }
  }

  #values(): Record<Exclude<ContextKey, KeyOfTree>, boolean> {
    const { searched, files, views } = this.#experiments;
    return {
      "gyrus.searched": searched,
      "gyrus.hasExperimentFile": files.length > 0,
      "gyrus.hasPending": this.#supervisor.launches.some(({ state }) => state.kind !== "training"),
      "gyrus.hasRun": views.length > 0,
      "gyrus.hasClusterRun": views.some(
        ({ cluster, predictions }) => cluster !== null || predictions.length > 0,
      ),
      "gyrus.hasFinishedRun": views.some(({ status }) => status === "finished"),
    };
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
