/** Which of the trainings that wait may begin now on one machine, and why the others may not. Pure. */

/** What a training takes of a machine while it goes on. */
export interface Need {
  /** Threads that it computes with; 0 where it takes what there is. */
  readonly threads: number;
  /** The graphics card that it computes on, as it was asked for, "" for the first; null for none. */
  readonly card: string | null;
}

/** What a training with these settings takes: on a graphics card one thread that feeds it. */
export function needOf({
  engine,
  device,
  threads,
}: {
  readonly engine: string;
  readonly device?: string | null | undefined;
  readonly threads: number;
}): Need {
  const onCard = engine === "webgpu" || engine === "tensorflow";
  return { threads: onCard ? 1 : threads, card: onCard ? (device ?? "") : null };
}

/** The places without one of each of the MAPS `own`: further ones are of trainers that have joined. */
export function withoutOne<Place extends { readonly maps: string }>(
  places: readonly Place[],
  own: ReadonlySet<string>,
): readonly Place[] {
  const left = new Set(own);
  return places.filter(({ maps }) => !left.delete(maps));
}

/** What a machine gives to trainings. */
export interface Limits {
  /** Trainings at a time, at least 1. */
  readonly trainings: number;
  readonly cores: number;
  /** So much memory must be free for another training to begin; bytes. */
  readonly freeMemory: number;
}

/** Why a training waits. */
export type Shortage =
  | { readonly kind: "trainings"; readonly working: number; readonly limit: number }
  | { readonly kind: "cores"; readonly wanted: number; readonly free: number }
  /** Bytes. */
  | { readonly kind: "memory"; readonly free: number; readonly wanted: number }
  | { readonly kind: "card"; readonly card: string }
  /** Who came before it waits as well, and nobody overtakes: else what needs much would never begin. */
  | { readonly kind: "turn" };

/** What a training without a number of threads counts for: its share of the cores. */
const coresOf = ({ threads }: Need, { cores, trainings }: Limits) =>
  threads === 0 ? Math.ceil(cores / Math.max(1, trainings)) : threads;

/**
 * Of each that waits, in its order, why it must; null where it may begin now. On a machine where nothing trains the first may begin
 * whatever it needs: it would wait for ever.
 * @param working what trains now, whoever started it
 * @param memory bytes that are free now
 */
export function shortages(
  waiting: readonly Need[],
  working: readonly Need[],
  limits: Limits,
  memory: number,
): (Shortage | null)[] {
  const begun = [...working];
  let blocked = false;
  return waiting.map((need) => {
    if (blocked) return { kind: "turn" };
    const short = shortageOf(need, begun, limits, memory);
    if (short === null) begun.push(need);
    else blocked = true;
    return short;
  });
}

function shortageOf(need: Need, working: readonly Need[], limits: Limits, memory: number): Shortage | null {
  const { trainings, cores, freeMemory } = limits;
  if (working.length >= trainings) return { kind: "trainings", working: working.length, limit: trainings };
  if (working.length === 0) return null;
  const { card } = need;
  if (card !== null && working.some((other) => other.card === card)) return { kind: "card", card };
  const free = cores - working.reduce((sum, other) => sum + coresOf(other, limits), 0);
  const wanted = coresOf(need, limits);
  if (wanted > free) return { kind: "cores", wanted, free: Math.max(0, free) };
  if (memory < freeMemory) return { kind: "memory", free: memory, wanted: freeMemory };
  return null;
}
