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
  const length = factors.length;
  const kernel = kernelOf(factors);
  mapLines(values, grid, axis, (line, result) => {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      // The kernel stands twice in a row, so that i - k never has to be wrapped.
      for (let k = 0, at = i + length; k < length; k++, at--) sum += kernel[at]! * line[k]!;
      result[i] = sum;
    }
  });
}

function kernelOf(factors: readonly number[]): Float64Array {
  const length = factors.length;
  const middle = Math.floor(length / 2);
  const kernel = new Float64Array(2 * length);
  for (let distance = 0; distance < length; distance++) {
    let sum = 0;
    for (let i = 0; i < length; i++) {
      sum += factors[i]! * Math.cos((2 * Math.PI * (i - middle) * distance) / length);
    }
    kernel[distance] = sum / length;
    kernel[distance + length] = sum / length;
  }
  return kernel;
}
