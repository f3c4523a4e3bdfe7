/** The grid on which every image of a study is read, whatever the grid on which it is stored: orientation, voxel size, size. */
import { affineOfPart, voxelSizesOf } from "./affine";
import { type Grid, orientedGrid } from "./grid";
import { RAS } from "./orientation";
import { AXES, type Axis, type Triple, tripleOf } from "./triple";

/** The key `space` of an experiment. What is absent stays as it is stored. */
export interface SpaceRule {
  readonly orientation: "stored" | "canonical";
  /** Millimetres, along each axis as it is read; one number for all three. */
  readonly voxel_size?: number | Triple | undefined;
  /** Absent: linear. */
  readonly interpolation?: "linear" | "cubic" | undefined;
  /** Voxels along each axis as it is read; one number for all three. */
  readonly size?: number | Triple | undefined;
  /** About what is cropped or padded. Absent: the image. */
  readonly center?: "image" | "head" | undefined;
}

/** Whether images are put on another grid than their own, axes turned or not. */
export const placesVoxels = ({ voxel_size, size }: SpaceRule): boolean =>
  voxel_size !== undefined || size !== undefined;

/** How the voxels of a grid lie in another one with the same axes: voxel `i` along an axis is at `(start + i) * step` of the other. */
export interface AxisPlaces {
  readonly shape: Triple;
  readonly start: Triple;
  readonly step: Triple;
}

/** Axes in the order and direction of the rule; the affine must be invertible where it turns them. */
export const turnedGrid = (grid: Grid, { orientation }: SpaceRule): Grid =>
  orientation === "canonical" ? orientedGrid(grid, RAS) : grid;

/**
 * Where the voxels of the rule lie in a grid whose axes are turned already. With a voxel size the first voxel stays where it is, and the last
 * one comes to lie on the edge or beyond, as with nibabel's `resample_to_output`; then as many voxels are cropped or padded at the end of an
 * axis as at its beginning, or one more.
 * @param head voxel of `turned` about which is cropped or padded; the middle of the image where it is absent
 */
export function placesIn({ shape, affine }: Grid, rule: SpaceRule, head?: Triple): AxisPlaces {
  const { voxel_size, size } = rule;
  const [sizes, wanted] = [voxelSizesOf(affine), triple(voxel_size)];
  const step = tripleOf((axis) => {
    const ratio = wanted === null ? 1 : wanted[axis] / sizes[axis];
    // Headers keep float32: what moves no voxel by a thousandth of one is no other size.
    return Math.abs(ratio - 1) * shape[axis] < 1e-3 ? 1 : ratio;
  });
  const whole = tripleOf((axis) => Math.ceil((shape[axis] - 1) / step[axis] - 1e-6) + 1);
  const target = triple(size);
  if (target === null) return { shape: whole, start: [0, 0, 0], step };
  const start = tripleOf((axis) =>
    head === undefined
      ? Math.trunc((whole[axis] - target[axis]) / 2) + 0
      : Math.round(head[axis] / step[axis] - (target[axis] - 1) / 2),
  );
  return { shape: target, start, step };
}

/** The grid of such places. */
export const gridOfPlaces = (affine: Grid["affine"], { shape, start, step }: AxisPlaces): Grid => ({
  shape,
  affine: affineOfPart(
    affine,
    tripleOf((axis) => start[axis] * step[axis]),
    step,
  ),
});

/** The grid on which an image is read, as far as its header tells: with `center` "head" its size alone is right. */
export function gridUnder(grid: Grid, rule: SpaceRule): Grid {
  const turned = turnedGrid(grid, rule);
  return placesVoxels(rule) ? gridOfPlaces(turned.affine, placesIn(turned, rule)) : turned;
}

/** One value for each axis, of one for all or three; null where there is none. */
export const triple = (value: number | Triple | undefined): Triple | null =>
  value === undefined ? null : typeof value === "number" ? [value, value, value] : value;

/** Whether no voxel is computed anew. */
export const keepsVoxels = ({ step }: AxisPlaces): boolean => AXES.every((axis: Axis) => step[axis] === 1);
