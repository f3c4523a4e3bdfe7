import { type Grid, mapLines } from "./grid";

/**
 * Multiplies the planes of k-space along one axis by real factors, in place, and takes the real part of the image, as scanner
 * artefacts are made: `factors[i]` belongs to frequency i - floor(length / 2). Along one axis this is a circular convolution,
 * with the (real part of the) inverse Fourier transform of the factors.
 */
export function filterFrequencies(
  values: Float32Array,
  grid: Grid,
  axis: number,
  factors: readonly number[],
): void {
  const kernel = kernelOf(factors);
  mapLines(values, grid, axis, (line, result) => convolve(line, kernel, result));
}

/** Circular convolution. Four results at once: each voxel of the line is loaded once for all of them. */
function convolve(line: Float32Array, kernel: Float32Array, result: Float32Array): void {
  const length = line.length;
  for (let i = 0; i < length; i += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    // The kernel stands three times in a row, so that i - k never has to be wrapped.
    for (let k = 0, at = i + length; k < length; k++, at--) {
      const value = line[k]!;
      a += kernel[at]! * value;
      b += kernel[at + 1]! * value;
      c += kernel[at + 2]! * value;
      d += kernel[at + 3]! * value;
    }
    result[i] = a;
    if (i + 1 < length) result[i + 1] = b;
    if (i + 2 < length) result[i + 2] = c;
    if (i + 3 < length) result[i + 3] = d;
  }
}

function kernelOf(factors: readonly number[]): Float32Array {
  const length = factors.length;
  const middle = Math.floor(length / 2);
  const kernel = new Float32Array(3 * length + 3);
  for (let distance = 0; distance < length; distance++) {
    let sum = 0;
    for (let i = 0; i < length; i++) {
      sum += factors[i]! * Math.cos((2 * Math.PI * (i - middle) * distance) / length);
    }
    for (let at = distance; at < kernel.length; at += length) kernel[at] = sum / length;
  }
  return kernel;
}
