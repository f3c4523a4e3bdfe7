import type { RandomGenerator } from "../../network/weights/random";
import type { Affine } from "../../space/affine";
import type { Axis, Triple } from "../../space/triple";
import type { Grid } from "./grid";
import type { Movement } from "./movement";

/** How the axes of an input lie in the body. Plain data: it travels to the workers. */
export interface InputFrame {
  /** Millimetres along x, y, z of the input. */
  readonly voxelSize: Triple;
  /** From voxels of the input to the world, in millimetres; of a slice to its plane. Only its 3x3 part counts. */
  readonly affine: Affine;
  /** World axis that each axis of the input follows most: 0 left-right, 1 posterior-anterior, 2 inferior-superior. */
  readonly worldAxes: readonly Axis[];
}

/** What a draw may depend on besides its settings. */
export interface DrawnOn extends InputFrame {
  readonly grid: Grid;
}

/** A transform: `draw` decides everything at random, and `apply` is a pure function of it that works in place. */
export interface AugmentationKind<Settings, Drawn> {
  readonly draw: (settings: Settings, image: DrawnOn, random: RandomGenerator) => Drawn;
  readonly apply: (values: Float32Array, grid: Grid, drawn: Drawn) => void;
}

/** One that moves voxels: those that follow each other are one resampling where that can be (`followedBy`). */
export interface MovingKind<Settings, Drawn> extends AugmentationKind<Settings, Drawn> {
  readonly movement: (drawn: Drawn, grid: Grid) => Movement;
}
