import type { PerAxis } from "../../../network/shapes/axes";
import type { Value } from "../tape/value";

/** Where the maxima of a pool stood, for the unpool that answers it. */
export interface PoolRecord {
  /**
   * For each window of each plane (u32, [N, channels, ...output]) the flat position of its maximum within its plane of `shape`, or
   * NOWHERE for one in planes that `shape` leaves out.
   */
  readonly positions: Value;
  /** Shape of the input of the pool with the planes that were put before it: [N, channels, ...spatial]. */
  readonly shape: readonly number[];
  /** Number of planes before each spatial axis. */
  readonly padding: PerAxis;
  /** Whether windows share elements, so that a position may be that of several. */
  readonly overlapping: boolean;
}

/** As a position: outside. */
export const NOWHERE = 0xffff_ffff;
