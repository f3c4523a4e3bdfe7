import { elementCount } from "../../../network/weights/tensor";
import type { Formulation } from "../compilation";
import { concat, pad, reshape, slice, transpose } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { matMul } from "../graph/matrices";
import { reduceSum } from "../graph/reduction";
import { bothEnds, convolve, type Window } from "../graph/windows";
import { weightGradientForm } from "./formulations";

/**
 * Gradient of a convolution by its weight [out, in / groups, ...kernel], from `input` [N, in, ...] and `gradient`
 * [N, out, ...]: dw[o, i, t] = sum over n, q of dy[n, o, q] * x[n, i, q * stride + t * dilation - padding], where x[n, i] is
 * the i-th of the channels that the group of o sees.
 */
export function convolutionWeightGradient(
  input: Value,
  gradient: Value,
  window: Window,
  formulation: Formulation,
): Value {
  switch (weightGradientForm(window, input.shape[1]!, formulation)) {
    case "swapped":
      return bySwappedConvolution(input, gradient, window);
    case "by image":
      return byImage(input, gradient, window);
    case "products":
      return byShiftedProducts(input, gradient, 0);
    case "stacked products":
      return byShiftedProducts(input, gradient, 1);
  }
}

const axesSwapped = (value: Value) => value.shape.map((_, axis) => [1, 0][axis] ?? axis);

/** The taps of a kernel as the output of a convolution, whose own kernel is the gradient: stride and dilation change places. */
const ofTaps = ({ padding, stride, dilation }: Window) => ({
  pads: bothEnds(padding),
  dilation: stride,
  stride: dilation,
});

/**
 * The formula is a convolution itself: the batch takes the place of the channels, the gradient that of the kernel, and the
 * stride becomes a dilation.
 */
function bySwappedConvolution(input: Value, gradient: Value, window: Window): Value {
  const { groups } = window;
  const swapped = axesSwapped(input);
  const taps = convolve(imagesAsChannels(input, groups), transpose(gradient, swapped), {
    ...ofTaps(window),
    groups,
  });
  return transpose(inKernel(taps, window), swapped);
}

/** [N, in, ...] as [in / groups, groups * N, ...]. */
function imagesAsChannels(input: Value, groups: number): Value {
  if (groups === 1) return transpose(input, axesSwapped(input));
  const [batch, channels, ...spatial] = input.shape as readonly [number, number, ...number[]];
  const byGroup = reshape(input, [batch, groups, channels / groups, ...spatial]);
  const turned = transpose(byGroup, [2, 1, 0, ...spatial.map((_, axis) => axis + 3)]);
  return reshape(turned, [channels / groups, groups * batch, ...spatial]);
}

/** Where the stride does not divide the input, places that no window reaches give taps beyond the kernel. */
const inKernel = (taps: Value, { kernel }: Window) =>
  slice(
    taps,
    kernel.map((size, axis) => ({ axis: axis + 2, start: 0, end: size })),
  );

/**
 * With one input channel a group, the swapped convolution needs no copy when each channel of each image of the batch is a
 * group of its own.
 */
function byImage(input: Value, gradient: Value, window: Window): Value {
  const [batch, channels, ...spatial] = input.shape as readonly [number, number, ...number[]];
  const [, outChannels, ...gradientSpatial] = gradient.shape as readonly [number, number, ...number[]];
  const taps = convolve(
    reshape(input, [1, batch * channels, ...spatial]),
    reshape(gradient, [batch * outChannels, 1, ...gradientSpatial]),
    { ...ofTaps(window), groups: batch * channels },
  );
  const ofImages = reshape(inKernel(taps, window), [batch, outChannels, 1, ...window.kernel]);
  return batch === 1 ? reshape(ofImages, ofImages.shape.slice(1)) : reduceSum(ofImages, [0], "drop");
}

const KERNEL = 3;

/**
 * For a kernel of 3 in each axis, stride 1 and padding 1: one matrix product for each tap, of the input shifted by that tap
 * and the gradient. Both are laid out flat with a zero column (and row) between the lines, so that a shift in any axis is a
 * shift in the flat array, and the zeros of the gradient meet what a shift carries over the border.
 * @param stackedAxes 1 to stack the three shifts along the last axis as channels, so that there are a third of the products
 */
function byShiftedProducts(input: Value, gradient: Value, stackedAxes: 0 | 1): Value {
  const [batch, inChannels, ...spatial] = input.shape as readonly [number, number, ...number[]];
  const outChannels = gradient.shape[1]!;
  const ones = spatial.map(() => 1);
  // One zero before each axis; after the first axis more planes, where the last shifts end: planes of two lines are short.
  const after = spatial[1] === 1 ? 3 : 2;
  const laidOut = pad(input, [0, 0, ...ones], [0, 0, ...ones.map((_, axis) => (axis === 0 ? after : 0))]);
  const lines = pad(
    gradient,
    [0, 0, ...ones.map(() => 0)],
    [0, 0, ...ones.map((_, axis) => (axis === 0 ? 0 : 1))],
  );
  const strides = ones.map((_, axis) => elementCount(laidOut.shape.slice(axis + 3)));
  const total = elementCount(laidOut.shape.slice(2));
  const length = elementCount(lines.shape.slice(2));

  const flat = reshape(laidOut, [batch, inChannels, total]);
  const reach = stackedAxes * (KERNEL - 1);
  const shifted = (value: Value, start: number, size: number) =>
    slice(value, [{ axis: 2, start, end: start + size }]);
  const source =
    stackedAxes === 0
      ? flat
      : concat(
          [0, 1, 2].map((tap) => shifted(flat, tap, total - reach)),
          1,
        );
  const rows = transpose(reshape(lines, [batch, outChannels, length]), [0, 2, 1]);
  const offsets = strides
    .slice(0, strides.length - stackedAxes)
    .reduce<readonly number[]>(
      (starts, stride) => starts.flatMap((start) => [0, 1, 2].map((tap) => start + tap * stride)),
      [0],
    );
  const products = concat(
    offsets.map((offset) => matMul(shifted(source, offset, length), rows)),
    1,
  );

  const sums = batch === 1 ? products : reduceSum(products, [0], "keep");
  const kernel = ones.map(() => KERNEL);
  const order = [kernel.length + 1, kernel.length, ...kernel.map((_, axis) => axis)];
  return transpose(reshape(sums, [...kernel, inChannels, outChannels]), order);
}
