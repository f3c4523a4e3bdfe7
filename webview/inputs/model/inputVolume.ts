/** An input of the network as a volume that can be looked at, where it is in the head. */
import { type Affine, affineOfPart } from "../../../src/space/affine";
import type { Planes } from "../../../src/space/cut";
import { type Space, spaceOf } from "../../../src/space/space";
import { type Axis, type Triple, tripleOf } from "../../../src/space/triple";
import { tensorStrides, type Volume } from "../../shared/volume/volume";
import type { InputPlan } from "../messages";

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
  const steps = tripleOf(step);
  return spaceOf(
    affineOfPart(image, tripleOf(first), steps),
    tripleOf((axis) => voxelSize[axis] * steps[axis]),
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
