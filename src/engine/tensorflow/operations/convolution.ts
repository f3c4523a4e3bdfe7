/** Convolutions of two or three dimensions, and their transposes, channels-last. */
import type { Tensor4D, Tensor5D } from "@tensorflow/tfjs-core";
import type { PerAxis } from "../../../network/shapes/axes";
import { elementCount } from "../../../network/weights/tensor";
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";
import { withGradient } from "./customGradient";

export type Padding = "same" | "valid";

/**
 * PyTorch's weight [a, b, ...kernel] as TensorFlow's filter [...kernel, b, a], for convolutions and their transposes. Of a
 * dilated one the taps are moved apart, with zeros between them: TensorFlow.js has no gradient of dilated convolutions.
 */
export function filterOf(tf: TensorFlow, weight: DeviceTensor, dilation: PerAxis): DeviceTensor {
  const kernelAxes = Array.from({ length: weight.rank - 2 }, (_, axis) => axis + 2);
  const filter = tf.transpose(weight, [...kernelAxes, 1, 0]);
  return dilation.reduce(
    (spread, step, axis) => (step === 1 ? spread : spreadAxis(tf, spread, step, axis)),
    filter,
  );
}

/** `filter` with `step` - 1 zeros between the elements of `axis`. */
function spreadAxis(tf: TensorFlow, filter: DeviceTensor, step: number, axis: number): DeviceTensor {
  const before = filter.shape.slice(0, axis);
  const size = filter.shape[axis]!;
  const after = filter.shape.slice(axis + 1);
  const elements = tf.reshape(filter, [elementCount(before), size, 1, elementCount(after)]);
  const spaced = tf.pad(elements, [
    [0, 0],
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  const axes = tf.reshape(spaced, [...before, size * step, ...after]);
  return tf.slice(
    axes,
    filter.shape.map(() => 0),
    [...before, size * step - step + 1, ...after],
  );
}

/** Voxels from the first to the last tap of a kernel, both counted. */
export const extentOf = (kernel: PerAxis, dilation: PerAxis): PerAxis =>
  kernel.map((size, axis) => dilation[axis]! * (size - 1) + 1);

/** `compute` for each group of the channels of `input` and of the last axis of `filter`, its results side by side. */
export function byGroups(
  tf: TensorFlow,
  input: DeviceTensor,
  filter: DeviceTensor,
  groups: number,
  compute: (input: DeviceTensor, filter: DeviceTensor) => DeviceTensor,
): DeviceTensor {
  if (groups === 1) return compute(input, filter);
  const channelAxis = input.rank - 1;
  const filters = tf.split(filter, groups, channelAxis);
  const maps = tf.split(input, groups, channelAxis).map((map, group) => compute(map, filters[group]!));
  return tf.concat(maps, channelAxis);
}

/** Whether TensorFlow's "same" puts `padding` at both ends of every axis: it does so for odd kernels that move by one. */
export function isSamePadding(kernel: PerAxis, stride: PerAxis, padding: PerAxis): boolean {
  return kernel.every((size, axis) => stride[axis] === 1 && size === 2 * padding[axis]! + 1);
}

/** @param filter [...kernel, channels of `input`, channels of the output] */
export function convolve(
  tf: TensorFlow,
  input: DeviceTensor,
  filter: DeviceTensor,
  stride: PerAxis,
  padding: Padding,
): DeviceTensor {
  return isRank4(input) && isRank4(filter)
    ? tf.conv2d(input, filter, pair(stride), padding)
    : tf.conv3d(rank5(input), rank5(filter), triple(stride), padding);
}

/**
 * The gradient by its input, of shape `outputShape`, of a convolution that makes maps like `input`.
 * @param filter [...kernel, channels of the output, channels of `input`]
 */
export function convolveTransposed(
  tf: TensorFlow,
  input: DeviceTensor,
  filter: DeviceTensor,
  outputShape: readonly number[],
  stride: PerAxis,
  padding: Padding,
): DeviceTensor {
  if (isRank4(input) && isRank4(filter)) {
    const [samples, height, width, channels] = outputShape as [number, number, number, number];
    return tf.conv2dTranspose(input, filter, [samples, height, width, channels], pair(stride), padding);
  }
  const [samples, depth, height, width, channels] = outputShape as [number, number, number, number, number];
  const shape: [number, number, number, number, number] = [samples, depth, height, width, channels];
  // In three dimensions TensorFlow.js knows no gradient of this operation. It is linear in both arguments: by its input it
  // is the convolution itself, by its filter that of the convolution with the roles of input and output exchanged.
  return withGradient(tf, [input, filter], () => ({
    output: tf.conv3dTranspose(rank5(input), rank5(filter), shape, triple(stride), padding),
    saved: [input, filter],
    gradient: (outputGradient, [savedInput, savedFilter]) => [
      convolve(tf, outputGradient, savedFilter!, stride, padding),
      filterGradient(tf, outputGradient, savedInput!, savedFilter!.shape, stride, padding),
    ],
  }));
}

/** The gradient by its filter of a three-dimensional convolution of `input`, for `outputGradient`. */
function filterGradient(
  tf: TensorFlow,
  input: DeviceTensor,
  outputGradient: DeviceTensor,
  filterShape: readonly number[],
  stride: PerAxis,
  pad: Padding,
): DeviceTensor {
  const gradient = tf
    .engine()
    .runKernel(
      tf.Conv3DBackpropFilterV2,
      { x: input, dy: outputGradient },
      { strides: [...stride], pad, filterShape: [...filterShape] },
    );
  if (gradient instanceof tf.Tensor) return gradient;
  throw new Error("The gradient of a filter is one tensor.");
}

export const isRank4 = (tensor: DeviceTensor): tensor is Tensor4D => tensor.rank === 4;
const isRank5 = (tensor: DeviceTensor): tensor is Tensor5D => tensor.rank === 5;

export function rank5(tensor: DeviceTensor): Tensor5D {
  if (isRank5(tensor)) return tensor;
  throw new Error(`A map of two or three dimensions was expected, not one of shape ${tensor.shape}.`);
}

export const pair = ([a, b]: PerAxis): [number, number] => [a!, b!];
export const triple = ([a, b, c]: PerAxis): [number, number, number] => [a!, b!, c!];
