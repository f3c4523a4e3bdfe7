/** What is seen of an image and its reconstruction: three planes through the middle of it, each voxel a byte. */
import { type Affine, affineOfPart } from "./affine";
import { AXES, type Axis, type Triple, tripleOf } from "./triple";

/** The largest difference that is told apart, as a share of the range from black to white. */
export const LARGEST_DIFFERENCE = 0.25;

/** Bytes of a plane: input, reconstruction and difference, the axes that it does not go through in C order. */
export interface KeptPlane {
  /** Voxel axis that goes through it, at its middle. */
  readonly through: Axis;
  /** 0 at `low`, 255 at `high`. */
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  /** Reconstruction less input: 128 where they agree, 1 and 255 at LARGEST_DIFFERENCE of the range. */
  readonly difference: Uint8Array;
}

export interface KeptImage {
  /** Voxels along x, y, z, as many as were kept. */
  readonly size: Triple;
  readonly affine: Affine;
  /** Values of the input that are black and white. */
  readonly low: number;
  readonly high: number;
  readonly planes: readonly KeptPlane[];
}

/** An image, or a part of one, as it went in and as it came out: [x, y, z] in C order. */
export interface Reconstruction {
  readonly size: Triple;
  readonly affine: Affine;
  /** Values that are black and white. */
  readonly low: number;
  readonly high: number;
  readonly input: Float32Array;
  readonly output: Float32Array;
}

/** Kinds of bytes of a plane. */
export const PLANE_LAYERS = ["input", "output", "difference"] as const;

/** The axes that have a plane: of a slice the one across it alone. */
export function planeAxes(size: Triple): readonly Axis[] {
  const area = (axis: Axis) => planeLength(size, axis);
  const largest = Math.max(...AXES.map(area));
  return AXES.filter((axis) => isPlane(size, axis) || area(axis) === largest);
}

/** Voxels of the plane across `axis`. */
export const planeLength = (size: Triple, axis: Axis): number =>
  AXES.reduce<number>((length, other) => (other === axis ? length : length * size[other]), 1);

const isPlane = (size: Triple, through: Axis) => AXES.every((axis) => axis === through || size[axis] > 1);

/** The planes of an image, of which one voxel in `step` along each axis is kept. */
export function planesOf(reconstruction: Reconstruction, step: number): KeptImage {
  const { size, affine, low, high, input, output } = reconstruction;
  const range = high > low ? high - low : 1;
  const kept = thinned(size, step);
  const shade = (value: number) => byte((255 * (value - low)) / range);
  const signed = (value: number) =>
    byte(128 + Math.min(127, Math.max(-127, (127 * value) / (LARGEST_DIFFERENCE * range))));
  const planes = planeAxes(kept).map((through): KeptPlane => {
    const voxels = planeVoxels(size, kept, { through, index: Math.floor(size[through] / 2), step });
    return {
      through,
      input: Uint8Array.from(voxels, (voxel) => shade(input[voxel]!)),
      output: Uint8Array.from(voxels, (voxel) => shade(output[voxel]!)),
      difference: Uint8Array.from(voxels, (voxel) => signed(output[voxel]! - input[voxel]!)),
    };
  });
  return { size: kept, affine: affineOfPart(affine, [0, 0, 0], [step, step, step]), low, high, planes };
}

/** The bytes of any plane of an image, black at `low` and white at `high`. */
export function planeBytes(
  values: ArrayLike<number>,
  size: Triple,
  { through, index }: { readonly through: Axis; readonly index: number },
  { low, high }: { readonly low: number; readonly high: number },
): Uint8Array {
  const range = high > low ? high - low : 1;
  return Uint8Array.from(planeVoxels(size, size, { through, index, step: 1 }), (voxel) =>
    byte((255 * (values[voxel]! - low)) / range),
  );
}

/** The smallest step with which the planes of such images take at most `mostBytes`. */
export function stepFor(sizes: readonly Triple[], mostBytes: number): number {
  const bytes = (step: number) =>
    sizes.reduce((sum, size) => {
      const kept = thinned(size, step);
      const voxels = planeAxes(kept).reduce<number>((total, axis) => total + planeLength(kept, axis), 0);
      return sum + PLANE_LAYERS.length * voxels;
    }, 0);
  let step = 1;
  while (bytes(step) > mostBytes && sizes.some((size) => size.some((length) => length > step))) step++;
  return step;
}

const thinned = (size: Triple, step: number) => tripleOf((axis) => Math.ceil(size[axis] / step));

interface PlaneCut {
  readonly through: Axis;
  readonly index: number;
  readonly step: number;
}

function planeVoxels(size: Triple, kept: Triple, { through, index, step }: PlaneCut): Int32Array {
  const [first, second] = AXES.filter((axis) => axis !== through) as [Axis, Axis];
  const strides: Triple = [size[1] * size[2], size[2], 1];
  const voxels = new Int32Array(kept[first] * kept[second]);
  const middle = index * strides[through];
  let to = 0;
  for (let i = 0; i < kept[first]; i++)
    for (let j = 0; j < kept[second]; j++)
      voxels[to++] = middle + step * (i * strides[first] + j * strides[second]);
  return voxels;
}

/** What is no number is as dark as can be. */
const byte = (value: number) => (Number.isNaN(value) ? 0 : Math.round(Math.min(255, Math.max(0, value))));
