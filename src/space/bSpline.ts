/** Cubic B-splines through voxels (Unser 1999, "Splines: a perfect fit for signal and image processing"), as scipy.ndimage has them. */
import type { Triple } from "./triple";

/** Pole of the recursive filter that undoes sampling a cubic B-spline, and its gain. */
const POLE = Math.sqrt(3) - 2;
const GAIN = (1 - POLE) * (1 - 1 / POLE);

/**
 * Coefficients of the spline that takes the value of each voxel at its place; beyond the image it mirrors about the outermost voxels
 * (d c b | a b c d | c b a).
 * @param values of `shape`, the last axis the fastest
 */
export function splineCoefficients(values: ArrayLike<number>, shape: Triple): Float64Array {
  const coefficients = Float64Array.from(values);
  const strides = [shape[1] * shape[2], shape[2], 1];
  for (const [axis, length] of shape.entries()) {
    const stride = strides[axis]!;
    for (let block = 0; block < coefficients.length; block += stride * length) {
      for (let start = block; start < block + stride; start++)
        filterLine(coefficients, start, stride, length);
    }
  }
  return coefficients;
}

/** Once forwards, once backwards; a single voxel is its own spline. */
function filterLine(line: Float64Array, start: number, stride: number, length: number): void {
  if (length < 2) return;
  const last = start + (length - 1) * stride;
  line[start] = causalStart(line, start, stride, length) * GAIN;
  for (let at = start + stride; at <= last; at += stride) {
    line[at] = line[at]! * GAIN + POLE * line[at - stride]!;
  }
  line[last] = (POLE / (POLE * POLE - 1)) * (line[last]! + POLE * line[last - stride]!);
  for (let at = last - stride; at >= start; at -= stride) {
    line[at] = POLE * (line[at + stride]! - line[at]!);
  }
}

/** What the forward filter holds after the first voxel: the sum over the mirrored line, which repeats itself after 2 n - 2 voxels. */
function causalStart(line: Float64Array, start: number, stride: number, length: number): number {
  const turn = POLE ** (length - 1);
  let sum = line[start]! + turn * line[start + (length - 1) * stride]!;
  let forwards = POLE;
  let backwards = (turn * turn) / POLE;
  for (let i = 1; i < length - 1; i++, forwards *= POLE, backwards /= POLE) {
    sum += (forwards + backwards) * line[start + i * stride]!;
  }
  return sum / (1 - turn * turn);
}

/** Weights of the four coefficients around a point that lies `t` (0 to 1) beyond the second of them. */
export function splineWeights(t: number, weights: Float64Array): void {
  const rest = 1 - t;
  weights[0] = (rest * rest * rest) / 6;
  weights[1] = 2 / 3 - (t * t * (2 - t)) / 2;
  weights[2] = 2 / 3 - (rest * rest * (2 - rest)) / 2;
  weights[3] = (t * t * t) / 6;
}

/** Index of a coefficient `at` of a line of `length`, mirrored where it lies beyond the ends. */
export function mirrored(at: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * length - 2;
  const within = ((at % period) + period) % period;
  return within < length ? within : period - within;
}
