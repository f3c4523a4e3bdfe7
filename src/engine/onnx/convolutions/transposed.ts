import { elementCount } from "../../../network/weights/tensor";
import type { Formulation } from "../compilation";
import { add } from "../graph/arithmetic";
import { concat, pick, reshape, slice, transpose } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { matMul } from "../graph/matrices";
import { convolve, convolveTransposed, type Window } from "../graph/windows";
import { transposedForm } from "./formulations";

/**
 * The transposed convolution of `value` [N, in, ...] with `weight` [in, out / groups, ...kernel], of the size `spatial`:
 * y[n, o, p] = sum over i, t of w[i, o, t] * x[n, i, q] where p = q * stride + t * dilation - padding, each group of output
 * channels from the input channels of the same group. It is the forward pass of a ConvTranspose, and of a convolution (in
 * the other direction) the gradient by the input.
 */
export function transposedConvolution(
  value: Value,
  weight: Value,
  window: Window,
  spatial: Shape,
  formulation: Formulation,
): Value {
  const [inChannels, outOfGroup] = weight.shape as readonly [number, number];
  const { dilation, groups } = window;
  switch (transposedForm(window, inChannels, outOfGroup * groups, formulation)) {
    case "operator":
      return convolveTransposed(value, weight, window, spatial);
    case "flipped":
      return convolve(value, flipped(weight, groups), {
        pads: [...oppositePadding(window), ...paddingAfter(value, window, spatial)],
        dilation,
        groups,
      });
    case "plane taps":
      return byTaps(value, flipped(weight, groups), window, spatial, 1);
    case "line taps":
      return byTaps(value, flipped(weight, groups), window, spatial, 2);
    case "phases":
      return byPhases(value, weight, window, spatial);
  }
}

const pads = (padding: readonly number[]) => [...padding, ...padding];

/** `weight` [in, out / groups, ...kernel] as [out, in / groups, ...kernel]. */
function exchanged(weight: Value, groups: number): Value {
  const [inChannels, outOfGroup, ...kernel] = weight.shape as readonly [number, number, ...number[]];
  if (groups === 1) return transpose(weight, [1, 0, ...kernel.map((_, axis) => axis + 2)]);
  const inOfGroup = inChannels / groups;
  const byGroup = reshape(weight, [groups, inOfGroup, outOfGroup, ...kernel]);
  const turned = transpose(byGroup, [0, 2, 1, ...kernel.map((_, axis) => axis + 3)]);
  return reshape(turned, [groups * outOfGroup, inOfGroup, ...kernel]);
}

/**
 * Weight of the convolution that goes the other way: [out, in / groups, ...kernel], reversed along each axis of the kernel,
 * which is the reversal of the flat kernel. As a product with a permutation matrix that is several times faster than as a
 * slice with negative steps.
 */
function flipped(weight: Value, groups: number): Value {
  const [inChannels, outOfGroup, ...kernel] = weight.shape as readonly [number, number, ...number[]];
  const taps = elementCount(kernel);
  const reversal = Array.from({ length: taps ** 2 }, (_, index) =>
    Number(Math.floor(index / taps) + (index % taps) === taps - 1),
  );
  const matrix = weight.graph.constant("float32", [taps, taps], reversal);
  const reversed = matMul(reshape(weight, [inChannels * outOfGroup, taps]), matrix);
  return exchanged(reshape(reversed, weight.shape), groups);
}

const oppositePadding = ({ kernel, padding, dilation }: Window) =>
  kernel.map((size, axis) => dilation[axis]! * (size - 1) - padding[axis]!);

/** So many zeros after each axis of `value` that the flipped convolution gives `spatial`. */
function paddingAfter(value: Value, window: Window, spatial: Shape): number[] {
  const before = oppositePadding(window);
  return window.kernel.map((size, axis) => {
    const reach = window.dilation[axis]! * (size - 1);
    return spatial[axis]! + reach - value.shape[axis + 2]! - before[axis]!;
  });
}

/**
 * The same as a convolution along the other axes only, with the taps of the first `axes` axes as output channels, and a sum
 * of the shifted channels: the runtime gathers each window before it multiplies, and so gathers a third (a ninth).
 */
function byTaps(value: Value, weight: Value, window: Window, spatial: Shape, axes: 1 | 2): Value {
  const [outChannels, inChannels, ...kernel] = weight.shape as readonly [number, number, ...number[]];
  const split = kernel.slice(0, axes);
  const rest = kernel.slice(axes);
  const tapsFirst = [...split.keys()].map((axis) => axis + 2);
  const order = [...tapsFirst, 0, 1, ...[...rest.keys()].map((axis) => axis + 2 + axes)];
  const single = reshape(transpose(weight, order), [
    elementCount(split) * outChannels,
    inChannels,
    ...split.map(() => 1),
    ...rest,
  ]);
  const products = convolve(value, single, { pads: pads(oppositePadding(window)) });
  return Array.from({ length: elementCount(split) }, (_, tap) => {
    const shifts = axes === 1 ? [tap] : [Math.floor(tap / split[1]!), tap % split[1]!];
    return slice(products, [
      { axis: 1, start: tap * outChannels, end: (tap + 1) * outChannels },
      ...shifts.map((shift, axis) => ({ axis: axis + 2, start: shift, end: shift + spatial[axis]! })),
    ]);
  }).reduce((sum, shifted) => add(sum, shifted));
}

/**
 * With strides: y at the places p = stride * m + r - padding gets only the taps r, r + stride, ... of the kernel, so each
 * phase r is a small convolution of stride 1. Their results are interleaved, axis by axis.
 */
function byPhases(value: Value, weight: Value, window: Window, spatial: Shape): Value {
  const { stride, padding } = window;
  // Places m of each phase: enough to reach the last p.
  const lengths = spatial.map((size, axis) => Math.ceil((size + padding[axis]!) / stride[axis]!));
  const interleaved = interleave(0, []);
  return slice(
    interleaved,
    spatial.map((size, axis) => ({ axis: axis + 2, start: padding[axis]!, end: padding[axis]! + size })),
  );

  /** All phases of the axes from `axis` on, where the axes before are in the given phases. */
  function interleave(axis: number, phases: readonly number[]): Value {
    if (axis === stride.length) return phaseOf(value, weight, window, phases, lengths);
    const parts = Array.from({ length: stride[axis]! }, (_, phase) =>
      interleave(axis + 1, [...phases, phase]),
    );
    const [first] = parts as [Value];
    const before = first.shape.slice(0, axis + 2);
    const after = first.shape.slice(axis + 3);
    const side = parts.map((part) => reshape(part, [...before, lengths[axis]!, 1, ...after]));
    return reshape(concat(side, axis + 3), [...before, lengths[axis]! * stride[axis]!, ...after]);
  }
}

/** The convolution with the taps phase, phase + stride, ... of each axis, at the first `lengths` places. */
function phaseOf(
  value: Value,
  weight: Value,
  { kernel, stride, groups }: Window,
  phases: readonly number[],
  lengths: readonly number[],
): Value {
  const taps = kernel.map((size, axis) => {
    const count = Math.max(0, Math.ceil((size - phases[axis]!) / stride[axis]!));
    return Array.from({ length: count }, (_, tap) => phases[axis]! + tap * stride[axis]!);
  });
  const spatial = value.shape.slice(2);
  const before = taps.map((positions) => positions.length - 1);
  const after = lengths.map((length, axis) => Math.max(0, length - spatial[axis]!));
  const chosen = taps.reduce((part, positions, axis) => pick(part, positions.toReversed(), axis + 2), weight);
  const products = convolve(value, exchanged(chosen, groups), { pads: [...before, ...after], groups });
  return slice(
    products,
    lengths.map((length, axis) => ({ axis: axis + 2, start: 0, end: length })),
  );
}
