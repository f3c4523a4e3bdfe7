import type { Axis, Triple } from "../../../src/space/triple";
import type { VoxelArray } from "../../../src/space/voxelArray";
import { formatValue } from "../numbers";

/** A three-dimensional image as it is stored; files keep x fastest, tensors z. */
export interface Volume {
  /** Voxels along each axis. */
  readonly size: Triple;
  /** Distance in `data` between neighbours along each axis. */
  readonly strides: Triple;
  readonly data: VoxelArray;
  /** Value of a voxel = slope x stored value + intercept. */
  readonly slope: number;
  readonly intercept: number;
  /** Red, green, blue and opacity of each entry of `data`, where the image is of colours: `data` is their brightness. */
  readonly colours?: Uint8Array;
}

/** x fastest, as NIfTI files keep it. */
export const fileStrides = ([x, y]: Triple): Triple => [1, x, x * y];
/** z fastest, as tensors keep it. */
export const tensorStrides = ([, y, z]: Triple): Triple => [y * z, z, 1];

export function valueAt({ strides, data, slope, intercept }: Volume, [x, y, z]: Triple): number {
  return slope * data[x * strides[0] + y * strides[1] + z * strides[2]]! + intercept;
}

/** What stands at a voxel, in words: its value, or red, green and blue. */
export function valueText(volume: Volume, voxel: Triple): string {
  const { strides, colours } = volume;
  if (colours === undefined) return formatValue(valueAt(volume, voxel));
  const at = 4 * (voxel[0] * strides[0] + voxel[1] * strides[1] + voxel[2] * strides[2]);
  return [...colours.subarray(at, at + 3)].join(" ");
}

export const replaceAxis = (triple: Triple, axis: Axis, value: number): Triple => [
  axis === 0 ? value : triple[0],
  axis === 1 ? value : triple[1],
  axis === 2 ? value : triple[2],
];

/** The nearest voxel of a volume of that size. */
export const clampVoxel = (voxel: Triple, size: Triple): Triple => [
  clamp(Math.round(voxel[0]), 0, size[0] - 1),
  clamp(Math.round(voxel[1]), 0, size[1] - 1),
  clamp(Math.round(voxel[2]), 0, size[2] - 1),
];

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export const middleOf = (size: Triple): Triple => [
  Math.floor(size[0] / 2),
  Math.floor(size[1] / 2),
  Math.floor(size[2] / 2),
];
