/**
 * Which inputs of the network an image gives: itself, patches, regions or slices. Order, number and voxels are ClinicaDL's
 * (`extract_*_tensor` of prepare-data). Plain data and pure functions: workers cut, the plan counts.
 */
import type { ImageSize } from "./images";

/** One region of interest: the voxels of `box` that its mask marks. */
export interface Region {
  readonly name: string;
  readonly start: ImageSize;
  readonly size: ImageSize;
  /** 0 or 1 for each voxel of the box, C order; absent where the whole box counts. */
  readonly mask?: Uint8Array;
}

export type Cut =
  | { readonly mode: "image" }
  | {
      readonly mode: "patch";
      readonly size: number;
      readonly stride: number;
      /** Patches along x, y, z. */
      readonly counts: ImageSize;
    }
  | {
      readonly mode: "slice";
      readonly direction: 0 | 1 | 2;
      /** 3 for `rgb`: the slice three times. */
      readonly channels: 1 | 3;
      /** Absolute number of the first slice. */
      readonly first: number;
      readonly count: number;
    }
  | { readonly mode: "roi"; readonly regions: readonly Region[] };

/** Numbers of the parts of one image, as they stand in file names and TSVs: absolute for slices, from 0 otherwise. */
export function partNumbers(cut: Cut): number[] {
  switch (cut.mode) {
    case "image":
      return [0];
    case "patch":
      return range(0, cut.counts[0] * cut.counts[1] * cut.counts[2]);
    case "slice":
      return range(cut.first, cut.count);
    case "roi":
      return range(0, cut.regions.length);
  }
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

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
      return [1, ...(cut.regions[0]?.size ?? image)];
  }
}

/** The voxels of the `index`-th part (from 0, for slices too), a new array of the shape `partShape` tells. */
export function cutPart(
  voxels: Float32Array,
  image: ImageSize,
  cut: Cut,
  index: number,
): Float32Array<ArrayBuffer> {
  if (cut.mode === "image") return new Float32Array(voxels);
  const { start, size } = partPlace(cut, image, index);
  const values = box(voxels, image, start, size);
  switch (cut.mode) {
    case "patch":
      return values;
    case "slice":
      return cut.channels === 1 ? values : threeTimes(values);
    case "roi":
      // A product, not a choice: NaN outside the mask stays NaN, as in ClinicaDL, until NaN removal.
      cut.regions[index]!.mask?.forEach((inside, i) => {
        values[i]! *= inside;
      });
      return values;
  }
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

/** Where the `index`-th part lies in its image, as a volume: a slice is one voxel thick. */
export function partPlace(
  cut: Cut,
  image: ImageSize,
  index: number,
): { readonly start: ImageSize; readonly size: ImageSize } {
  switch (cut.mode) {
    case "image":
      return { start: [0, 0, 0], size: image };
    case "patch": {
      const [, ny, nz] = cut.counts;
      const corner = [Math.floor(index / (ny * nz)), Math.floor(index / nz) % ny, index % nz] as const;
      const [x, y, z] = corner;
      return {
        start: [x * cut.stride, y * cut.stride, z * cut.stride],
        size: [cut.size, cut.size, cut.size],
      };
    }
    case "slice": {
      const along = (axis: number, at: number, otherwise: number) =>
        axis === cut.direction ? at : otherwise;
      const at = cut.first + index;
      return {
        start: [along(0, at, 0), along(1, at, 0), along(2, at, 0)],
        size: [along(0, 1, image[0]), along(1, 1, image[1]), along(2, 1, image[2])],
      };
    }
    case "roi": {
      const region = cut.regions[index]!;
      return { start: region.start, size: region.size };
    }
  }
}
