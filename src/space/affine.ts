/** From voxel indices to millimetres and back. */
import { AXES, type Axis, type Triple, tripleOf } from "./triple";

/** 4x4, row by row: voxel indices to world coordinates (right, anterior, superior), in millimetres. */
export type Affine = readonly (readonly number[])[];

export const identityAffine: Affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

/** The affine whose columns are `axes` (what one step along each axis adds) and `origin` (where index 0, 0, 0 goes). */
export const affineOfColumns = (axes: readonly [Triple, Triple, Triple], origin: Triple): Affine => [
  ...AXES.map((row) => [axes[0][row], axes[1][row], axes[2][row], origin[row]]),
  [0, 0, 0, 1],
];

/** What one step along a voxel axis adds to the world coordinates. */
export const stepOf = (affine: Affine, axis: Axis): Triple => tripleOf((row) => entry(affine, row, axis));

/** World coordinates of a voxel (need not be whole), or whatever the affine maps to. */
export function toWorld(affine: Affine, voxel: Triple): Triple {
  return tripleOf((row) => {
    const [a = 0, b = 0, c = 0, d = 0] = affine[row] ?? [];
    return a * voxel[0] + b * voxel[1] + c * voxel[2] + d;
  });
}

/** Voxel (not rounded) at world coordinates; the affine must be invertible (`isInvertible`). */
export const toVoxel = (affine: Affine, world: Triple): Triple => toWorld(inverse(affine), world);

/** `outer` after `inner`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const turned = (axis: Axis) => tripleOf((row) => dot(outer, row, stepOf(inner, axis)));
  const origin = toWorld(outer, [entry(inner, 0, 3), entry(inner, 1, 3), entry(inner, 2, 3)]);
  return affineOfColumns([turned(0), turned(1), turned(2)], origin);
}

/** By Cramer's rule; the affine must be invertible. */
export function inverse(affine: Affine): Affine {
  const whole = determinant(affine);
  const cofactor = (row: number, column: number) => {
    const at = (i: number, j: number) => entry(affine, (row + i) % 3, (column + j) % 3);
    return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1);
  };
  const column = (axis: Axis) => tripleOf((row) => cofactor(axis, row) / whole);
  const linear = affineOfColumns([column(0), column(1), column(2)], [0, 0, 0]);
  const back = toWorld(
    linear,
    tripleOf((row) => -entry(affine, row, 3)),
  );
  return affineOfColumns([column(0), column(1), column(2)], back);
}

/** Of the 3x3 part: the volume of a voxel, negative for a left-handed grid. */
export function determinant(affine: Affine): number {
  const at = (row: number, column: number) => entry(affine, row, column);
  return (
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0))
  );
}

/** Whether every voxel has a place of its own: all numbers are finite and no axis is lost. */
export function isInvertible(affine: Affine): boolean {
  const finite = AXES.every((row) => [0, 1, 2, 3].every((j) => Number.isFinite(affine[row]?.[j])));
  return finite && determinant(affine) !== 0;
}

/** Distance of neighbouring voxels along each axis, in millimetres: the lengths of the columns. */
export const voxelSizesOf = (affine: Affine): Triple =>
  tripleOf((axis) => Math.hypot(...stepOf(affine, axis)));

/** The affine of an array that begins at voxel `start` of another one and keeps every `steps`-th voxel of it. */
export function affineOfPart(affine: Affine, start: Triple, steps: Triple): Affine {
  const scaled = (axis: Axis) => tripleOf((row) => entry(affine, row, axis) * steps[axis]);
  return affineOfColumns([scaled(0), scaled(1), scaled(2)], toWorld(affine, start));
}

const entry = (affine: Affine, row: number, column: number) => affine[row]?.[column] ?? 0;

const dot = (affine: Affine, row: Axis, [x, y, z]: Triple) =>
  entry(affine, row, 0) * x + entry(affine, row, 1) * y + entry(affine, row, 2) * z;
