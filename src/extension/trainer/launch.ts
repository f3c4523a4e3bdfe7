import type { TrainerTask } from "./trainerProgram";

/** A training that this window was asked for, from the click until its process ends. */
export interface Launch {
  readonly task: TrainerTask;
  readonly state: LaunchState;
}

export type LaunchState =
  | { readonly kind: "queued" }
  /** The trainer checks the experiment and the data; there is no MAPS to read yet. */
  | { readonly kind: "starting"; readonly since: number }
  /** The MAPS speaks for itself from here on. */
  | { readonly kind: "training" };

/** Queued launches that may start now, first come first served, when `limit` trainings go on at a time. */
export function launchesToStart(launches: readonly Launch[], othersRunning: number, limit: number): Launch[] {
  const started = launches.filter((launch) => launch.state.kind !== "queued").length;
  const free = Math.max(0, limit - started - othersRunning);
  return launches.filter((launch) => launch.state.kind === "queued").slice(0, free);
}

/** Tasks that were kept over a reload, as far as they can be read: the storage may come from another version. */
export function restoredTasks(kept: unknown): TrainerTask[] {
  return Array.isArray(kept) ? kept.flatMap((task) => restoredTask(task) ?? []) : [];
}

function restoredTask(kept: unknown): TrainerTask | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { kind, experiment, maps }: { kind?: unknown; experiment?: unknown; maps?: unknown } = kept;
  if (typeof maps !== "string") return null;
  if (kind === "resume") return { kind, maps };
  return kind === "train" && typeof experiment === "string" ? { kind, experiment, maps } : null;
}
