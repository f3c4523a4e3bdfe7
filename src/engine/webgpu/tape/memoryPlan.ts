/** Where the passing values of a tape lie: buffers are given back after their last use and taken again. */
import type { Dispatch } from "./tape";
import { type Place, sizeOf, type Value } from "./value";

export interface MemoryPlan {
  /** Elements of each buffer. */
  readonly buffers: readonly number[];
  /** The buffer of each passing value, by its place. */
  readonly bufferOf: ReadonlyMap<Place, number>;
}

/** A buffer is taken again for a value that fills at least this share of it. */
const LEAST_SHARE = 0.5;

/**
 * @param kept places that are read after a run, and get no buffer here
 *
 * First come, first served, the best fit of what is free. A whole buffer belongs to one value at a time: a device does not let a dispatch
 * read one end of a buffer and write the other.
 * @throws Error where a value is read before anything has written it
 */
export function planMemory(dispatches: readonly Dispatch[], kept: ReadonlyMap<Place, unknown>): MemoryPlan {
  const passes = (place: Place) => place.kind === "passing" && !kept.has(place);
  const lastUse = new Map<Place, number>();
  dispatches.forEach(({ buffers }, time) => {
    for (const { place } of buffers) if (passes(place)) lastUse.set(place, time);
  });
  const buffers: number[] = [];
  const free = new Set<number>();
  const bufferOf = new Map<Place, number>();
  const written = new Set<Place>();
  const take = (value: Value): number => {
    const size = sizeOf(value);
    const fitting = [...free].filter(
      (buffer) => buffers[buffer]! >= size && buffers[buffer]! * LEAST_SHARE <= size,
    );
    const best = fitting.sort((a, b) => buffers[a]! - buffers[b]!)[0];
    if (best === undefined) return buffers.push(size) - 1;
    free.delete(best);
    return best;
  };
  dispatches.forEach((dispatch, time) => {
    const kinds = Object.values(dispatch.kernel.buffers);
    dispatch.buffers.forEach((value, slot) => {
      const { place } = value;
      if (place.kind !== "passing" || written.has(place)) return;
      if (kinds[slot]!.startsWith("read"))
        throw new Error(`${dispatch.kernel.name} reads ${place.name}, which nothing has written.`);
      written.add(place);
      if (passes(place)) bufferOf.set(place, take(value));
    });
    for (const place of new Set(dispatch.buffers.map(({ place }) => place)))
      if (lastUse.get(place) === time) free.add(bufferOf.get(place)!);
  });
  return { buffers, bufferOf };
}
