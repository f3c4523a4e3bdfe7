import type { Need, Shortage } from "../../run/trainingQueue";
import type { TrainerTask } from "./trainerProgram";

/** A training that this window was asked for, from the click until its process ends. */
export interface Launch {
  readonly task: TrainerTask;
  readonly state: LaunchState;
}

export type LaunchState =
  /** `place` from 1; why it waits, where that is known. */
  | { readonly kind: "queued"; readonly place: number; readonly shortage: Shortage | null }
  /** The trainer checks the experiment and the data; there is no MAPS to read yet. */
  | { readonly kind: "starting"; readonly since: number }
  /** The MAPS speaks for itself from here on. */
  | { readonly kind: "training" };

/** What a task takes of the machine, where it does not say: the cores that it gets, and no card. */
export const needOf = ({ need }: TrainerTask): Need => need ?? { threads: 0, card: null };

export const isQueued = ({ state }: Launch): boolean => state.kind === "queued";

/** The queue with `maps` one place further up. */
export function movedUp(launches: readonly Launch[], maps: string): readonly Launch[] {
  const queued = launches.filter(isQueued);
  const at = queued.findIndex(({ task }) => task.maps === maps);
  const [before, moved] = [queued[at - 1], queued[at]];
  if (before === undefined || moved === undefined) return launches;
  return launches.map((launch) => (launch === before ? moved : launch === moved ? before : launch));
}

/** Tasks that were kept over a reload, as far as they can be read: the storage may come from another version. */
export function restoredTasks(kept: unknown): TrainerTask[] {
  return Array.isArray(kept) ? kept.flatMap((task) => restoredTask(task) ?? []) : [];
}

function restoredTask(kept: unknown): TrainerTask | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { kind, experiment, maps, need }: Record<"kind" | "experiment" | "maps" | "need", unknown> = {
    ...NOTHING,
    ...kept,
  };
  if (typeof maps !== "string") return null;
  const known = restoredNeed(need);
  const rest = known === null ? { maps } : { maps, need: known };
  if (kind === "resume") return { kind, ...rest };
  return kind === "train" && typeof experiment === "string" ? { kind, experiment, ...rest } : null;
}

const NOTHING = { kind: null, experiment: null, maps: null, need: null };

function restoredNeed(kept: unknown): Need | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { threads, card }: { threads?: unknown; card?: unknown } = kept;
  if (typeof threads !== "number" || !(threads >= 0)) return null;
  return card === null || typeof card === "string" ? { threads, card } : null;
}
