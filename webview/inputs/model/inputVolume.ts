/** An input of the network as a volume that can be looked at, where it is in the head. */
import { type Affine, type Space, spaceOf } from "../../shared/volume/space";
import { type Axis, type Triple, tensorStrides, type Volume } from "../../shared/volume/volume";
import type { InputPlan, Planes } from "../messages";

/** `values` of `inputSize`; of equal channels the first is shown, and a slice is a volume of one slice. */
export function inputVolume(
  { cut, inputSize }: Pick<InputPlan, "cut" | "inputSize">,
  values: Float32Array,
): Volume {
  const spatial = inputSize.slice(1);
  if (cut.mode === "slice") spatial.splice(cut.direction, 0, 1);
  const size: Triple = [spatial[0] ?? 1, spatial[1] ?? 1, spatial[2] ?? 1];
  return { size, strides: tensorStrides(size), data: firstChannel(values, size), slope: 1, intercept: 0 };
}

const firstChannel = (values: Float32Array, [x, y, z]: Triple) => values.subarray(0, x * y * z);

/**
 * Space of a part whose voxels are `planes` of the image. Where a region drops planes in its middle, what follows them is
 * nearer than it was: coordinates are exact up to there.
 */
export function partSpace(image: Affine, voxelSize: Triple, planes: Planes): Space {
  const first = (axis: Axis) => planes[axis][0] ?? 0;
  const step = (axis: Axis) => {
    const [one, two] = planes[axis];
    return one === undefined || two === undefined ? 1 : two - one;
  };
  const steps: Triple = [step(0), step(1), step(2)];
  const affine = image.map((row) => {
    const [a = 0, b = 0, c = 0, d = 0] = row;
    return [a * steps[0], b * steps[1], c * steps[2], d + a * first(0) + b * first(1) + c * first(2)];
  });
  return spaceOf(
    [...affine.slice(0, 3), [0, 0, 0, 1]],
    [voxelSize[0] * steps[0], voxelSize[1] * steps[1], voxelSize[2] * steps[2]],
  );
}

export interface ValueFacts {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export function factsOf(values: Float32Array): ValueFacts {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}
