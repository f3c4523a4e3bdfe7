/** ClinicaDL's `size_reduction`: a window of the cropped image, of which one voxel in `factor` is kept along each axis. */
import { refuse } from "../../experiment/problems/makeProblem";
import type { ImageSize } from "../sources/images";

/** [begin, end) along x, y, z by factor. */
const WINDOWS: Readonly<Record<number, readonly [ImageSize, ImageSize]>> = {
  2: [
    [4, 8, 8],
    [164, 200, 168],
  ],
  3: [
    [0, 8, 4],
    [168, 200, 172],
  ],
  4: [
    [4, 8, 8],
    [164, 200, 168],
  ],
  5: [
    [4, 0, 8],
    [164, 200, 168],
  ],
};

/** Voxels that are kept along x, y, z. The windows end where the image ends. */
export function keptVoxels(image: ImageSize, factor: number): readonly [number[], number[], number[]] {
  const [begin, end] = WINDOWS[factor] ?? [[0, 0, 0], image];
  const along = (axis: 0 | 1 | 2) => {
    const kept: number[] = [];
    for (let at = begin[axis]; at < Math.min(end[axis], image[axis]); at += factor) kept.push(at);
    return kept;
  };
  return [along(0), along(1), along(2)];
}

/** Size of the reduced image: 80x96x80, 56x64x56, 40x48x40, 32x40x32 of 169x208x179. Throws an InputError when nothing is left. */
export function reducedSize(image: ImageSize, factor: number): ImageSize {
  const [x, y, z] = keptVoxels(image, factor).map((kept) => kept.length) as [number, number, number];
  if (x > 0 && y > 0 && z > 0) return [x, y, z];
  const size = image.join("x");
  throw refuse("size-reduction.nothing-left", { where: "size_reduction" }, { size });
}

export function reduceSize(
  values: Float32Array,
  image: ImageSize,
  factor: number,
): Float32Array<ArrayBuffer> {
  const [xs, ys, zs] = keptVoxels(image, factor);
  const reduced = new Float32Array(xs.length * ys.length * zs.length);
  let to = 0;
  for (const x of xs) {
    for (const y of ys) {
      const row = (x * image[1] + y) * image[2];
      for (const z of zs) reduced[to++] = values[row + z]!;
    }
  }
  return reduced;
}

/** Where the reduced image lies in the whole one. */
export function reductionWindow(
  image: ImageSize,
  factor: number,
): { readonly start: ImageSize; readonly step: number; readonly size: ImageSize } {
  const [start] = WINDOWS[factor] ?? [[0, 0, 0] as const];
  return { start, step: factor, size: reducedSize(image, factor) };
}
