/** Which parts of an image a network gets: the image itself, patches, slices or regions. How many they are, and where they stand. */
import type { Triple } from "./triple";

/** Planes of an image that are kept along x, y, z, ascending. */
export type Planes = readonly [readonly number[], readonly number[], readonly number[]];

/** One region of interest: the planes of the image that its mask touches, and within them the mask. */
export interface CutRegion {
  readonly name: string;
  /** Those without a voxel of the mask fall away, even between two others. */
  readonly planes: Planes;
  /** 0 or 1 for each voxel that is kept, z fastest; absent where all count. */
  readonly mask?: Uint8Array;
}

export type CutOf<Region extends CutRegion> =
  | { readonly mode: "image" }
  | {
      readonly mode: "patch";
      readonly size: number;
      readonly stride: number;
      /** Patches along x, y, z. */
      readonly counts: Triple;
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

/** Parts of one image. */
export function partCount(cut: CutOf<CutRegion>): number {
  switch (cut.mode) {
    case "image":
      return 1;
    case "patch":
      return cut.counts[0] * cut.counts[1] * cut.counts[2];
    case "slice":
      return cut.count;
    case "roi":
      return cut.regions.length;
  }
}

/** Position of a patch in the grid, along x, y, z: the last one changes first. */
export function patchCell(counts: Triple, part: number): Triple {
  const [, ny, nz] = counts;
  return [Math.floor(part / (ny * nz)), Math.floor(part / nz) % ny, part % nz];
}
