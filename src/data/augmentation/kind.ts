import type { RandomGenerator } from "../../network/weights/random";
import type { Triple } from "../../space/triple";
import type { Grid } from "./grid";

/** What a draw may depend on besides its settings. */
export interface DrawnOn {
  readonly grid: Grid;
  /** Millimetres along x, y, z. */
  readonly voxelSize: Triple;
}

/** A transform: `draw` decides everything at random, and `apply` is a pure function of it that works in place. */
export interface AugmentationKind<Settings, Drawn> {
  readonly draw: (settings: Settings, image: DrawnOn, random: RandomGenerator) => Drawn;
  readonly apply: (values: Float32Array, grid: Grid, drawn: Drawn) => void;
}
