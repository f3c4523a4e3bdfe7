/**
 * Which inputs of the network an image gives: itself, patches, regions or slices. Order, number and voxels are ClinicaDL's
 * (`extract_*_tensor` of prepare-data). Plain data and pure functions: workers cut, the plan counts.
 */
import { type CutOf, type CutRegion, partCount, patchCell } from "../../space/cut";
import type { Geometry } from "../../space/geometry";
import type { Grid } from "../../space/grid";
import type { VoxelArray } from "../../space/voxelArray";
import { applyScale, type Scale } from "../nifti/compactVoxels";
import type { ImageSize } from "../sources/images";

export interface Region extends CutRegion {
  /** Name of the mask's file; absent for what is built in. */
  readonly maskFile?: string;
  /** Of the mask as it was read; of what is built in, that of the images in whose array it is a place. */
  readonly geometry?: Geometry;
  /** Of the mask as it was read; absent for what is built in. */
  readonly grid?: Grid;
}

export const regionSize = ({ planes }: Region): ImageSize => [
  planes[0].length,
  planes[1].length,
  planes[2].length,
];

export type Cut = CutOf<Region>;

/** Numbers of the parts of one image, as they stand in file names and TSVs: absolute for slices, from 0 otherwise. */
export function partNumbers(cut: Cut): number[] {
  const first = cut.mode === "slice" ? cut.first : 0;
  return Array.from({ length: partCount(cut) }, (_, part) => first + part);
}

/** [channels, ...spatial] of every part; 2D for slices. Regions are all of the size of the first. */
export function partShape(cut: Cut, image: ImageSize): number[] {
  switch (cut.mode) {
    case "image":
      return [1, ...image];
    case "patch":
      return [1, cut.size, cut.size, cut.size];
    case "slice":
      return [cut.channels, ...image.filter((_, axis) => axis !== cut.direction)];
    case "roi":
      return [1, ...(cut.regions[0] === undefined ? image : regionSize(cut.regions[0]))];
  }
}

/** What a part is called: the region's name, or its mode and number. */
export function partName(cut: Cut, index: number): string {
  switch (cut.mode) {
    case "image":
      return "image";
    case "patch":
      return `patch ${index}`;
    case "slice":
      return `slice ${cut.first + index}`;
    case "roi":
      return cut.regions[index]?.name ?? `region ${index}`;
  }
}

/** What of an image is cut, and where the part goes. */
export interface CutOptions {
  /** From what is stored in the voxels to the values of the part; null where they are the values. */
  readonly scale?: Scale | null;
  /** Memory of the part; fresh memory when absent. */
  readonly into?: Float32Array<ArrayBuffer> | undefined;
}

/** The voxels of the `index`-th part (from 0, for slices too), of the shape `partShape` tells. */
export function cutPart(
  voxels: VoxelArray,
  image: ImageSize,
  cut: Cut,
  index: number,
  { scale = null, into }: CutOptions = {},
): Float32Array<ArrayBuffer> {
  switch (cut.mode) {
    case "image": {
      const values = into ?? new Float32Array(voxels.length);
      values.set(voxels);
      return scaled(values, scale);
    }
    case "patch": {
      const [x, y, z] = patchCell(cut.counts, index);
      const start = [x * cut.stride, y * cut.stride, z * cut.stride] as const;
      const values = into ?? new Float32Array(cut.size ** 3);
      copyBox(voxels, image, start, [cut.size, cut.size, cut.size], values);
      return scaled(values, scale);
    }
    case "slice": {
      const along = (axis: number, at: number, otherwise: number) =>
        axis === cut.direction ? at : otherwise;
      const [nx, ny, nz] = image;
      const size = [along(0, 1, nx), along(1, 1, ny), along(2, 1, nz)] as const;
      const length = size[0] * size[1] * size[2];
      const at = cut.first + index;
      const values = into ?? new Float32Array(cut.channels * length);
      const slice = values.subarray(0, length);
      copyBox(voxels, image, [along(0, at, 0), along(1, at, 0), along(2, at, 0)], size, slice);
      scaled(slice, scale);
      for (let channel = 1; channel < cut.channels; channel++) values.set(slice, channel * length);
      return values;
    }
    case "roi":
      return cutRegion(voxels, image, cut.regions[index]!, { scale, into });
  }
}

function scaled(values: Float32Array<ArrayBuffer>, scale: Scale | null): Float32Array<ArrayBuffer> {
  if (scale !== null) applyScale(values, scale);
  return values;
}

function cutRegion(
  voxels: VoxelArray,
  image: ImageSize,
  { planes, mask }: Region,
  { scale = null, into }: CutOptions,
): Float32Array<ArrayBuffer> {
  const [xs, ys, zs] = planes;
  const values = into ?? new Float32Array(xs.length * ys.length * zs.length);
  let to = 0;
  for (const x of xs) {
    for (const y of ys) {
      const row = (x * image[1] + y) * image[2];
      for (const z of zs) values[to++] = voxels[row + z]!;
    }
  }
  scaled(values, scale);
  // A product, not a choice: NaN outside the mask stays NaN, as in ClinicaDL, until NaN removal.
  mask?.forEach((inside, i) => {
    values[i]! *= inside;
  });
  return values;
}

/** Copies the voxels from `start`, `size` of them along each axis. */
function copyBox(
  voxels: VoxelArray,
  image: ImageSize,
  start: ImageSize,
  size: ImageSize,
  values: Float32Array,
): void {
  let to = 0;
  for (let x = 0; x < size[0]; x++) {
    for (let y = 0; y < size[1]; y++) {
      const from = ((start[0] + x) * image[1] + start[1] + y) * image[2] + start[2];
      values.set(voxels.subarray(from, from + size[2]), to);
      to += size[2];
    }
  }
}
