import { type Triple, tripleOf } from "../../../space/triple";
import { anyAxis, type DrawnRange, forEachAxis, uniform } from "../drawing";
import { filterFrequencies } from "../frequencies";
import type { Grid } from "../grid";
import type { AugmentationKind } from "../kind";
import { resampleRigid } from "../rigid";

export interface MotionSettings {
  readonly degrees: DrawnRange;
  /** Millimetres. */
  readonly translation: DrawnRange;
  readonly movements: number;
}

/** Where the head lies while a piece of k-space is filled. */
export interface HeadPosition {
  /** Degrees about x, y, z. */
  readonly degrees: Triple;
  /** Voxels along x, y, z. */
  readonly translation: Triple;
}

export interface DrawnMotion {
  readonly kind: "motion";
  /** Along which k-space is filled plane by plane. */
  readonly axis: number;
  /** Parts of the time after which the head moved, in order. */
  readonly times: readonly number[];
  /** One for each movement; in the piece that holds the middle of k-space the head lies as in the image. */
  readonly positions: readonly HeadPosition[];
  /** Millimetres: a rotation is one of the head, whatever its voxels. */
  readonly voxelSize: Triple;
}

/** Around an even share of the time, by so much of it at most. */
const JITTER = 0.3;

/** The head moves while k-space is filled plane by plane along one axis (Shaw et al., 2019), as torchio's RandomMotion. */
export const motion: AugmentationKind<MotionSettings, DrawnMotion> = {
  draw({ degrees, translation, movements }, { grid, voxelSize }, random) {
    const axis = anyAxis(random, grid);
    const share = 1 / (movements + 1);
    const times = Array.from(
      { length: movements },
      (_, movement) => share * (movement + 1 + uniform(random, -JITTER, JITTER)),
    );
    // A slice turns and moves in its plane.
    const flat = grid.axes.length === 2;
    const positions = times.map(() => {
      const turned = tripleOf(() => uniform(random, ...degrees));
      const moved = forEachAxis(random, grid, translation, 0);
      return {
        degrees: flat ? ([0, 0, turned[2]] as const) : turned,
        translation: tripleOf((along) => moved[along] / voxelSize[along]),
      };
    });
    return { kind: "motion", axis, times, positions, voxelSize };
  },

  apply(values, grid, { axis, times, positions, voxelSize }) {
    const length = grid.size[axis]!;
    const ends = [...times.map((time) => Math.floor(length * time)), length];
    const middle = times.findIndex((time) => time > 0.5);
    const unmoved = middle < 0 ? times.length : middle;
    const changes = ends.flatMap((end, piece) => {
      if (piece === unmoved) return [];
      const position = positions[piece < unmoved ? piece : piece - 1]!;
      const begin = piece === 0 ? 0 : ends[piece - 1]!;
      return [movedPlanes(values, grid, { axis, begin, end, position, voxelSize })];
    });
    for (let voxel = 0; voxel < values.length; voxel++) {
      let change = 0;
      for (const planes of changes) change += planes[voxel]!;
      values[voxel]! += change;
    }
  },
};

interface MovedPlanes {
  readonly axis: number;
  readonly begin: number;
  readonly end: number;
  readonly position: HeadPosition;
  readonly voxelSize: Triple;
}

/** What changes when the planes of k-space from `begin` to before `end` come from a moved head. */
function movedPlanes(
  values: Float32Array,
  grid: Grid,
  { axis, begin, end, position, voxelSize }: MovedPlanes,
): Float32Array {
  const change = resampleRigid(values, grid, position.degrees, position.translation, voxelSize);
  for (let voxel = 0; voxel < change.length; voxel++) change[voxel]! -= values[voxel]!;
  const factors = Array.from({ length: grid.size[axis]! }, (_, plane) =>
    plane >= begin && plane < end ? 1 : 0,
  );
  filterFrequencies(change, grid, axis, factors);
  return change;
}
