/** The value of an image between its voxels. */
import { mirrored, splineCoefficients, splineWeights } from "./bSpline";
import type { Triple } from "./triple";

/** Orders 0, 1 and 3 of scipy.ndimage. */
export type Interpolation = "nearest" | "linear" | "cubic";

/** Value at a point (in voxels) that is inside the image: every coordinate from 0 to the length of its axis - 1. */
export type Sampler = (x: number, y: number, z: number) => number;

/** @param values of `shape`, the last axis the fastest */
export function samplerOf(interpolation: Interpolation, values: Float32Array, shape: Triple): Sampler {
  switch (interpolation) {
    case "nearest":
      return nearest(values, shape);
    case "linear":
      return linear(values, shape);
    case "cubic":
      return cubic(values, shape);
  }
}

/** The voxel whose cell holds the point; halves go up. */
const nearest =
  (values: Float32Array, [, ny, nz]: Triple): Sampler =>
  (x, y, z) =>
    values[(Math.floor(x + 0.5) * ny + Math.floor(y + 0.5)) * nz + Math.floor(z + 0.5)]!;

/** Along z, then y, then x. */
const linear =
  (values: Float32Array, [nx, ny, nz]: Triple): Sampler =>
  (x, y, z) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const z0 = Math.floor(z);
    const y1 = Math.min(y0 + 1, ny - 1);
    const z1 = Math.min(z0 + 1, nz - 1);
    const fx = x - x0;
    const fy = y - y0;
    const fz = z - z0;
    const near = x0 * ny;
    const far = Math.min(x0 + 1, nx - 1) * ny;
    const along = (row: number) => values[row * nz + z0]! * (1 - fz) + values[row * nz + z1]! * fz;
    const plane = (first: number) => along(first + y0) * (1 - fy) + along(first + y1) * fy;
    return plane(near) * (1 - fx) + plane(far) * fx;
  };

/** The cubic B-spline that passes through every voxel. */
function cubic(values: Float32Array, shape: Triple): Sampler {
  const coefficients = splineCoefficients(values, shape);
  const [nx, ny, nz] = shape;
  const [xs, ys, zs] = [new Neighbours(nx), new Neighbours(ny), new Neighbours(nz)];
  return (x, y, z) => {
    xs.around(x);
    ys.around(y);
    zs.around(z);
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const row = (xs.indices[i]! * ny + ys.indices[j]!) * nz;
        let line = 0;
        for (let k = 0; k < 4; k++) line += coefficients[row + zs.indices[k]!]! * zs.weights[k]!;
        sum += line * xs.weights[i]! * ys.weights[j]!;
      }
    }
    return sum;
  };
}

/** The four coefficients along an axis on which a point depends, and how much. */
class Neighbours {
  readonly indices = new Int32Array(4);
  readonly weights = new Float64Array(4);
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  around(coordinate: number): void {
    const below = Math.floor(coordinate);
    splineWeights(coordinate - below, this.weights);
    for (let i = 0; i < 4; i++) this.indices[i] = mirrored(below - 1 + i, this.#length);
  }
}
