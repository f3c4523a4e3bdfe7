/**
 * Smooth displacements by cubic B-splines (Rueckert et al., 1999): control points spread over the grid, the first and the last interval
 * of which begin and end at the outermost voxel centres.
 */
import { splineWeights } from "../../space/bSpline";
import { AXES, type Axis, type Triple, tripleOf } from "../../space/triple";

export interface ControlPoints {
  /** Along each axis: 4 or more, 1 along an axis that has one voxel. */
  readonly size: Triple;
  /** In voxels: [x, y, z, axis], the last one the fastest. */
  readonly displacements: ArrayLike<number>;
}

/** The control points on which the voxels of an axis depend. */
interface Taps {
  /** How many a voxel depends on. */
  readonly count: number;
  /** Of each voxel, the first of them. */
  readonly first: Int32Array;
  /** [voxel, tap]. */
  readonly weights: Float64Array;
}

/** s = i / (n - 1) (P - 3), j = min(floor s, P - 4), a = s - j: the points j to j + 3 with the weights of the spline at a. */
function tapsOf(points: number, length: number): Taps {
  const first = new Int32Array(length);
  if (points === 1) return { count: 1, first, weights: new Float64Array(length).fill(1) };
  const weights = new Float64Array(4 * length);
  for (let i = 0; i < length; i++) {
    const s = length === 1 ? 0 : (i / (length - 1)) * (points - 3);
    first[i] = Math.min(Math.floor(s), points - 4);
    splineWeights(s - first[i]!, weights.subarray(4 * i, 4 * i + 4));
  }
  return { count: 4, first, weights };
}

/** Displacements row by row: summed over x once a plane, over y once a row, over z for each voxel. */
export class Bending {
  readonly #points: ControlPoints;
  readonly #taps: readonly [Taps, Taps, Taps];
  readonly #plane: Float64Array;
  readonly #row: Float64Array;
  #planeOf = -1;

  /** @param shape voxels along each axis */
  constructor(points: ControlPoints, shape: Triple) {
    const taps = (axis: Axis) => tapsOf(points.size[axis], shape[axis]);
    this.#points = points;
    this.#taps = [taps(0), taps(1), taps(2)];
    this.#plane = new Float64Array(points.size[1] * points.size[2] * 3);
    this.#row = new Float64Array(points.size[2] * 3);
  }

  /** Adds to the coordinates of the voxels [x, y, ...] their displacements along each axis, in voxels. */
  addTo(x: number, y: number, xs: Float64Array, ys: Float64Array, zs: Float64Array): void {
    const [alongX, alongY, { count, first, weights }] = this.#taps;
    const { displacements } = this.#points;
    if (this.#planeOf !== x) weigh(alongX, x, displacements, this.#plane);
    this.#planeOf = x;
    weigh(alongY, y, this.#plane, this.#row);
    const row = this.#row;
    for (let z = 0; z < xs.length; z++) {
      let [dx, dy, dz] = [0, 0, 0];
      for (let tap = 0, at = 3 * first[z]!; tap < count; tap++, at += 3) {
        const weight = weights[count * z + tap]!;
        dx += weight * row[at]!;
        dy += weight * row[at + 1]!;
        dz += weight * row[at + 2]!;
      }
      xs[z]! += dx;
      ys[z]! += dy;
      zs[z]! += dz;
    }
  }
}

/** The slowest axis of `from` summed up for the voxel `at`; `into` is as long as what it steps over. */
function weigh({ count, first, weights }: Taps, at: number, from: ArrayLike<number>, into: Float64Array) {
  into.fill(0);
  for (let tap = 0; tap < count; tap++) {
    const weight = weights[count * at + tap]!;
    const start = (first[at]! + tap) * into.length;
    for (let i = 0; i < into.length; i++) into[i]! += weight * from[start + i]!;
  }
}

/** From millimetres along the axes to voxels. */
export const inVoxels = (millimetres: readonly number[], voxelSize: Triple): Float64Array =>
  Float64Array.from(millimetres, (value, at) => value / voxelSize[AXES[at % 3]!]);

/** As many along each axis that has more than one voxel. */
export const controlPointsOf = (count: number, shape: Triple): Triple =>
  tripleOf((axis) => (shape[axis] > 1 ? count : 1));
