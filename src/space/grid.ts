/** A grid of voxels in the world: how many there are, and where. */
import { type Affine, affineOfColumns, affineOfPart, compose, inverse, stepOf, toWorld } from "./affine";
import { type Orientation, orientationOf } from "./orientation";
import { AXES, type Axis, type Triple, tripleOf } from "./triple";

export interface Grid {
  /** Number of voxels along each axis. */
  readonly shape: Triple;
  readonly affine: Affine;
}

/** A grid and a value for each of its voxels, the last axis the fastest (C order, as tensors keep it). */
export interface SpatialImage {
  readonly grid: Grid;
  readonly values: Float32Array;
}

/** The voxels at the corners, from the first to the last. */
export const cornersOf = (shape: Triple): readonly Triple[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((corner) => tripleOf((axis) => ((corner >> axis) & 1) * (shape[axis] - 1)));

/** How far the same voxel of two grids of one shape is apart in the world, at the corner where it is farthest: millimetres. */
export const farthestApart = (one: Grid, other: Grid): number =>
  Math.max(
    ...cornersOf(one.shape).map((corner) => {
      const [here, there] = [toWorld(one.affine, corner), toWorld(other.affine, corner)];
      return Math.hypot(...AXES.map((axis) => here[axis] - there[axis]));
    }),
  );

/** From a voxel of `to` to the voxel (not rounded) of `from` at the same place in the world. */
export const betweenGrids = (from: Grid, to: Grid): Affine => compose(inverse(from.affine), to.affine);

/** Where each axis of a reordered array comes from. */
export interface AxisSource {
  readonly axis: Axis;
  /** Whether its voxels are taken from the last to the first. */
  readonly flipped: boolean;
}

/** For each axis of an array in the orientation `wanted`, the axis of `present` that it is made of. */
export function axisSources(
  present: Orientation,
  wanted: Orientation,
): readonly [AxisSource, AxisSource, AxisSource] {
  const sourceOf = (axis: Axis): AxisSource => {
    const { world, positive } = wanted[axis];
    const source = AXES.find((candidate) => present[candidate].world === world) ?? axis;
    return { axis: source, flipped: present[source].positive !== positive };
  };
  return [sourceOf(0), sourceOf(1), sourceOf(2)];
}

/** The same voxels with their axes in the order and direction of `orientation`; every voxel keeps its place in the world. */
export function orientedGrid({ shape, affine }: Grid, orientation: Orientation): Grid {
  const sources = axisSources(orientationOf(affine), orientation);
  const flippedAt = (axis: Axis) => sources.some((source) => source.axis === axis && source.flipped);
  const start = tripleOf((axis) => (flippedAt(axis) ? shape[axis] - 1 : 0));
  const mirrored = affineOfPart(
    affine,
    start,
    tripleOf((axis) => (flippedAt(axis) ? -1 : 1)),
  );
  const column = (axis: Axis) => stepOf(mirrored, sources[axis].axis);
  return {
    shape: tripleOf((axis) => shape[sources[axis].axis]),
    affine: affineOfColumns([column(0), column(1), column(2)], toWorld(affine, start)),
  };
}
