import type { PerAxis } from "../../../network/shapes/axes";
import type { Value } from "../tape/value";

/** Where the maxima of a pool stood: for its gradient, and for the unpool that answers it. */
export interface PoolRecord {
  /** u32 [N, channels, ...windows]: of each maximum the flat position within its plane of `shape`. */
  readonly positions: Value;
  /** Of the map that was pooled, with the planes that were put in front of it: [N, channels, ...spatial]. */
  readonly shape: readonly number[];
  /** Planes that were put in front, along each axis. */
  readonly padding: PerAxis;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  /** How far before the first plane of `shape` the first window begins. */
  readonly start: PerAxis;
}
