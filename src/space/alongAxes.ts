/** An image on a grid with the same axes, other voxel sizes and another extent: one axis after the other, which takes a few taps each. */
import { mirrored, splineCoefficients, splineWeights } from "./bSpline";
import type { Interpolation } from "./sampling";
import { type AxisPlaces, keepsVoxels } from "./spaceRule";
import type { Triple } from "./triple";

/** A coordinate that is so little outside the image, in voxels, lies on its border: only rounding has put it outside. */
const BORDER = 1e-6;

type Allocate = (voxels: number) => Float32Array;
const ordinary: Allocate = (voxels) => new Float32Array(voxels);

/**
 * As scipy's `affine_transform` with a diagonal matrix: outside the image 0, no blending beyond the edge. Where no axis is scaled voxels are
 * copied. A voxel whose nearest one in the image is NaN is NaN; NaN spreads no further.
 * @param values of `shape`, the last axis the fastest
 * @param allocate chooses the memory of the result, filled with 0; ordinary memory by default
 */
export function placeVoxels(
  values: Float32Array,
  shape: Triple,
  places: AxisPlaces,
  interpolation: Exclude<Interpolation, "nearest">,
  allocate: Allocate = ordinary,
): Float32Array {
  if (keepsVoxels(places)) return pass(values, shape, places, "nearest", allocate);
  const holes = values.some((value) => Number.isNaN(value));
  const filled = holes ? values.map((value) => (Number.isNaN(value) ? 0 : value)) : values;
  const from = interpolation === "cubic" ? splineCoefficients(filled, shape) : filled;
  const result = pass(from, shape, places, interpolation, allocate);
  if (holes) {
    const nearest = pass(values, shape, places, "nearest", ordinary);
    for (let i = 0; i < result.length; i++) if (Number.isNaN(nearest[i]!)) result[i] = Number.NaN;
  }
  return result;
}

function pass(
  values: Float32Array | Float64Array,
  shape: Triple,
  places: AxisPlaces,
  interpolation: Interpolation,
  allocate: Allocate,
): Float32Array {
  const tapsOf = (axis: 0 | 1 | 2) =>
    taps(interpolation, shape[axis], places.shape[axis], places.start[axis], places.step[axis]);
  const [nx, ny] = shape;
  const [, my, mz] = places.shape;
  const byZ = along(values, nx * ny, shape[2], 1, tapsOf(2), ordinary);
  const byY = along(byZ, nx, ny, mz, tapsOf(1), ordinary);
  return along(byY, 1, nx, my * mz, tapsOf(0), allocate);
}

/** For each voxel of an axis of the result, the voxels of which it is made: none where it lies outside. */
interface Taps {
  /** Voxels of the result. */
  readonly count: number;
  readonly width: number;
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

function taps(
  interpolation: Interpolation,
  length: number,
  count: number,
  start: number,
  step: number,
): Taps {
  const width = { nearest: 1, linear: 2, cubic: 4 }[interpolation];
  const indices = new Int32Array(count * width);
  const weights = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const at = (start + i) * step;
    if (at < -BORDER || at > length - 1 + BORDER) continue;
    const inside = Math.min(Math.max(at, 0), length - 1);
    const below = Math.floor(inside);
    const own = weights.subarray(i * width, (i + 1) * width);
    if (interpolation === "nearest") {
      indices[i] = Math.floor(inside + 0.5);
      own[0] = 1;
    } else if (interpolation === "linear") {
      indices.set([below, Math.min(below + 1, length - 1)], i * width);
      own.set([1 - (inside - below), inside - below]);
    } else {
      splineWeights(inside - below, own);
      for (let tap = 0; tap < 4; tap++) indices[i * width + tap] = mirrored(below - 1 + tap, length);
    }
  }
  return { count, width, indices, weights };
}

/** @param values of [outer, length, inner]; the result is of [outer, count, inner] */
function along(
  values: Float32Array | Float64Array,
  outer: number,
  length: number,
  inner: number,
  { count, width, indices, weights }: Taps,
  allocate: Allocate,
): Float32Array {
  const result = allocate(outer * count * inner);
  for (let block = 0; block < outer; block++) {
    for (let at = 0; at < count; at++) {
      const to = (block * count + at) * inner;
      for (let tap = at * width; tap < (at + 1) * width; tap++) {
        const weight = weights[tap]!;
        // A weight of 0 must not make NaN of an infinity.
        if (weight === 0) continue;
        const from = (block * length + indices[tap]!) * inner;
        for (let i = 0; i < inner; i++) result[to + i]! += weight * values[from + i]!;
      }
    }
  }
  return result;
}
