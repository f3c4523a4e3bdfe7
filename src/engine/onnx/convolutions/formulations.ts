/**
 * Which form of a convolution is the fastest: the one place where this is decided. Measured with onnxruntime 1.30 on the
 * layers of Conv5_FC3 and its autoencoder, at 8 x 1x50x50x50 and 2 x 1x169x208x179, on one thread (see docs/engine.md).
 * All forms compute the same sums.
 */
import { elementCount } from "../../../network/weights/tensor";
import type { Formulation } from "../compilation";
import type { Window } from "../graph/windows";

/** Taps of a kernel of 7 in three dimensions; reversing one takes a matrix of the square of that size. */
const LARGEST_KERNEL = 343;

export type TransposedForm = "operator" | "flipped" | "plane taps" | "line taps" | "phases";

/** For a transposed convolution (or the gradient by the input) from `inChannels` to `outChannels`. */
export function transposedForm(
  { kernel, stride, padding, dilation, groups }: Window,
  inChannels: number,
  outChannels: number,
  formulation: Formulation,
): TransposedForm {
  if (formulation === "plain") return "operator";
  const isDilated = dilation.some((step) => step > 1);
  const isStrided = stride.some((step) => step > 1);
  // Windows that are apart, padding that no window fills, and huge kernels are left to the operator; so is a kernel whose
  // taps are apart and which moves by steps, as its phases would have taps at distances of their own.
  const extents = kernel.map((size, axis) => dilation[axis]! * (size - 1) + 1);
  if (kernel.some((size, axis) => size < stride[axis]! || extents[axis]! <= padding[axis]!))
    return "operator";
  if (elementCount(kernel) > LARGEST_KERNEL || (isDilated && isStrided)) return "operator";
  if (isStrided) return "phases";
  if (kernel.length !== 3 || outChannels >= inChannels || outChannels > 32) return "flipped";
  if (isDilated || groups > 1) return "flipped";
  return outChannels === 1 ? "line taps" : "plane taps";
}

export type WeightGradientForm = "swapped" | "by image" | "products" | "stacked products";

/** For the gradient by the weight of a convolution of `inChannels`. */
export function weightGradientForm(
  { kernel, stride, padding, dilation, groups }: Window,
  inChannels: number,
  formulation: Formulation,
): WeightGradientForm {
  if (formulation === "plain") return "swapped";
  if (inChannels === groups) return "by image";
  const isUsual =
    kernel.length === 3 &&
    groups === 1 &&
    kernel.every(
      (size, axis) => size === 3 && padding[axis] === 1 && stride[axis] === 1 && dilation[axis] === 1,
    );
  if (!isUsual || inChannels > 32) return "swapped";
  return inChannels <= 8 ? "stacked products" : "products";
}
