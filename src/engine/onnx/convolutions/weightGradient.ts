import { slice, transpose } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { bothEnds, convolve, type Window } from "../graph/windows";

/**
 * Gradient of a convolution by its weight [out, in, ...kernel], from `input` [N, in, ...] and `gradient` [N, out, ...]:
 * dw[o, i, t] = sum over n, q of dy[n, o, q] * x[n, i, q * stride + t - padding]. That is a convolution too: the batch takes
 * the place of the channels, the gradient that of the kernel, and the stride becomes a dilation.
 */
export function convolutionWeightGradient(input: Value, gradient: Value, window: Window): Value {
  const swapped = [1, 0, ...window.kernel.map((_, axis) => axis + 2)];
  const taps = convolve(transpose(input, swapped), transpose(gradient, swapped), {
    pads: bothEnds(window.padding),
    dilation: window.stride,
  });
  // Where the stride does not divide the input, places that no window reaches give taps beyond the kernel.
  const inKernel = window.kernel.map((size, axis) => ({ axis: axis + 2, start: 0, end: size }));
  return transpose(slice(taps, inKernel), swapped);
}
