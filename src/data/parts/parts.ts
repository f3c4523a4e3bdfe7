/**
 * Which inputs of the network an image gives: itself, patches, regions or slices. Order, number and voxels are ClinicaDL's
 * (`extract_*_tensor` of prepare-data). Plain data and pure functions: workers cut, the plan counts.
 */
import { type CutOf, type CutRegion, partCount, patchCell } from "../../space/cut";
import type { Geometry } from "../../space/geometry";
import type { Grid } from "../../space/grid";
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

/** The voxels of the `index`-th part (from 0, for slices too), a new array of the shape `partShape` tells. */
export function cutPart(
  voxels: Float32Array,
  image: ImageSize,
  cut: Cut,
  index: number,
): Float32Array<ArrayBuffer> {
  switch (cut.mode) {
    case "image":
      return new Float32Array(voxels);
    case "patch": {
      const [x, y, z] = patchCell(cut.counts, index);
      return box(
        voxels,
        image,
        [x * cut.stride, y * cut.stride, z * cut.stride],
        [cut.size, cut.size, cut.size],
      );
    }
    case "slice": {
      const at = cut.first + index;
      const [nx, ny, nz] = image;
      const slice =
        cut.direction === 0
          ? box(voxels, image, [at, 0, 0], [1, ny, nz])
          : cut.direction === 1
            ? box(voxels, image, [0, at, 0], [nx, 1, nz])
            : box(voxels, image, [0, 0, at], [nx, ny, 1]);
      return cut.channels === 1 ? slice : threeTimes(slice);
    }
    case "roi":
      return cutRegion(voxels, image, cut.regions[index]!);
  }
}

function cutRegion(
  voxels: Float32Array,
  image: ImageSize,
  { planes, mask }: Region,
): Float32Array<ArrayBuffer> {
  const [xs, ys, zs] = planes;
  const values = new Float32Array(xs.length * ys.length * zs.length);
  let to = 0;
  for (const x of xs) {
    for (const y of ys) {
      const row = (x * image[1] + y) * image[2];
      for (const z of zs) values[to++] = voxels[row + z]!;
    }
  }
  // A product, not a choice: NaN outside the mask stays NaN, as in ClinicaDL, until NaN removal.
  mask?.forEach((inside, i) => {
    values[i]! *= inside;
  });
  return values;
}

function threeTimes(slice: Float32Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(3 * slice.length);
  for (let channel = 0; channel < 3; channel++) values.set(slice, channel * slice.length);
  return values;
}

/** A copy of the voxels from `start`, `size` of them along each axis. */
function box(
  voxels: Float32Array,
  image: ImageSize,
  start: ImageSize,
  size: ImageSize,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(size[0] * size[1] * size[2]);
  let to = 0;
  for (let x = 0; x < size[0]; x++) {
    for (let y = 0; y < size[1]; y++) {
      const from = ((start[0] + x) * image[1] + start[1] + y) * image[2] + start[2];
      values.set(voxels.subarray(from, from + size[2]), to);
      to += size[2];
    }
  }
  return values;
}
