/** What a tape moves: the bytes of every array that its kernels read or write, each once a kernel. */
import type { Dispatch, Tape } from "../tape/tape";
import { sizeOf } from "../tape/value";

export function movedBytes({ dispatches }: Pick<Tape, "dispatches">): number {
  return dispatches
    .filter((dispatch, place) => !goesOn(dispatch, dispatches[place - 1]))
    .flatMap(({ buffers }) => [...new Set(buffers)])
    .reduce((sum, value) => sum + 4 * sizeOf(value), 0);
}

/** Whether it is the next part of a kernel that was cut because it is long. */
const goesOn = (dispatch: Dispatch, before: Dispatch | undefined): boolean =>
  before !== undefined &&
  before.kernel === dispatch.kernel &&
  (before.whole[0] !== dispatch.whole[0] || before.whole[1] !== dispatch.whole[1]) &&
  before.buffers.every((value, place) => value === dispatch.buffers[place]);
