import { elementCount } from "../../../network/tensor";
import type { Formulation } from "../compilation";
import { add } from "../graph/arithmetic";
import { concat, pick, reshape, slice, transpose } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { matMul } from "../graph/matrices";
import { convolve, convolveTransposed, type Window } from "../graph/windows";
import { transposedForm } from "./formulations";

/**
 * The transposed convolution of `value` [N, in, ...] with `weight` [in, out, ...kernel], of the size `spatial`:
 * y[n, o, p] = sum over i, t of w[i, o, t] * x[n, i, q] where p = q * stride + t - padding. It is the forward pass of a
 * ConvTranspose, and of a convolution (in the other direction) the gradient by the input.
 */
export function transposedConvolution(
  value: Value,
  weight: Value,
  window: Window,
  spatial: Shape,
  formulation: Formulation,
): Value {
  const [inChannels, outChannels] = weight.shape as readonly [number, number];
  switch (transposedForm(window, inChannels, outChannels, formulation)) {
    case "operator":
      return convolveTransposed(value, weight, window, spatial);
    case "flipped":
      return convolve(value, flipped(weight), { pads: pads(oppositePadding(window)) });
    case "plane taps":
      return byTaps(value, flipped(weight), window, spatial, 1);
    case "line taps":
      return byTaps(value, flipped(weight), window, spatial, 2);
    case "phases":
      return byPhases(value, weight, window, spatial);
  }
}

const pads = (padding: readonly number[]) => [...padding, ...padding];

/**
 * Weight of the convolution that goes the other way: [out, in, ...kernel], reversed along each axis of the kernel, which is
 * the reversal of the flat kernel. As a product with a permutation matrix that is several times faster than as a slice with
 * negative steps.
 */
function flipped(weight: Value): Value {
  const [inChannels, outChannels, ...kernel] = weight.shape as readonly [number, number, ...number[]];
  const taps = elementCount(kernel);
  const reversal = Array.from({ length: taps ** 2 }, (_, index) =>
    Number(Math.floor(index / taps) + (index % taps) === taps - 1),
  );
  const matrix = weight.graph.constant("float32", [taps, taps], reversal);
  const reversed = matMul(reshape(weight, [inChannels * outChannels, taps]), matrix);
  return transpose(reshape(reversed, weight.shape), [1, 0, ...kernel.map((_, axis) => axis + 2)]);
}

const oppositePadding = ({ kernel, padding }: Window) =>
  kernel.map((size, axis) => size - 1 - padding[axis]!);

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
  { kernel, stride }: Window,
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
  const products = convolve(value, transpose(chosen, [1, 0, ...spatial.map((_, axis) => axis + 2)]), {
    pads: [...before, ...after],
  });
  return slice(
    products,
    lengths.map((length, axis) => ({ axis: axis + 2, start: 0, end: length })),
  );
}
