import type { Shape, Value } from "../graph/graphBuilder";
import { convolveTransposed, type Window } from "../graph/windows";

/**
 * Gradient of a convolution by its input, which is the transposed convolution of `gradient` [N, out, ...] with `weight`
 * [out, in, ...kernel]: dx[n, i, p] = sum over o, t of w[o, i, t] * dy[n, o, q] where p = q * stride + t - padding.
 * @param spatial size of the input of the convolution
 */
export function convolutionInputGradient(
  gradient: Value,
  weight: Value,
  window: Window,
  spatial: Shape,
): Value {
  return convolveTransposed(gradient, weight, window, spatial);
}
