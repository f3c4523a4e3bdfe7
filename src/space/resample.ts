/** An image on another grid. */
import type { Affine } from "./affine";
import { betweenGrids, type Grid, type SpatialImage } from "./grid";
import { type Interpolation, type Sampler, samplerOf } from "./sampling";
import type { Triple } from "./triple";

export interface Sampling {
  readonly interpolation: Interpolation;
  /** Value of a point outside the image (no blending beyond the edge), or "edge": that of the nearest point of the image. */
  readonly outside: number | "edge";
}

/** A coordinate that is so little outside the image, in voxels, lies on its border: only rounding has put it outside. */
const BORDER = 1e-6;

/** The image at the voxels of `target`, as nibabel's `resample_from_to`; its own affine must be invertible. */
export function resample({ grid, values }: SpatialImage, target: Grid, sampling: Sampling): SpatialImage {
  const pull = betweenGrids(grid, target);
  return { grid: target, values: pullVoxels(values, grid.shape, target.shape, pull, sampling) };
}

/**
 * Values at the voxels of an array of `size`, as scipy's `affine_transform`.
 * @param values of `shape`, the last axis the fastest
 * @param pull from a voxel of the result to the point of `values`, in voxels, whose value it takes
 */
export function pullVoxels(
  values: Float32Array,
  shape: Triple,
  size: Triple,
  pull: Affine,
  { interpolation, outside }: Sampling,
): Float32Array {
  return pullSamples(samplerOf(interpolation, values, shape), shape, size, pull, outside);
}

/** `pullVoxels` with a sampler of an image of `shape`, for those who pull part by part. */
export function pullSamples(
  sample: Sampler,
  shape: Triple,
  size: Triple,
  pull: Affine,
  outside: Sampling["outside"],
): Float32Array {
  const result = new Float32Array(size[0] * size[1] * size[2]);
  const [lastX, lastY, lastZ] = [shape[0] - 1, shape[1] - 1, shape[2] - 1];
  const [[xx = 0, xy = 0, xz = 0, x0 = 0] = [], [yx = 0, yy = 0, yz = 0, y0 = 0] = [], third = []] = pull;
  const [zx = 0, zy = 0, zz = 0, z0 = 0] = third;
  let to = 0;
  for (let i = 0; i < size[0]; i++) {
    for (let j = 0; j < size[1]; j++) {
      for (let k = 0; k < size[2]; k++, to++) {
        const x = xx * i + xy * j + xz * k + x0;
        const y = yx * i + yy * j + yz * k + y0;
        const z = zx * i + zy * j + zz * k + z0;
        const inside = isWithin(x, lastX) && isWithin(y, lastY) && isWithin(z, lastZ);
        result[to] =
          inside || outside === "edge"
            ? sample(clamped(x, lastX), clamped(y, lastY), clamped(z, lastZ))
            : outside;
      }
    }
  }
  return result;
}

const isWithin = (coordinate: number, last: number) => coordinate >= -BORDER && coordinate <= last + BORDER;
const clamped = (coordinate: number, last: number) => Math.min(last, Math.max(0, coordinate));
