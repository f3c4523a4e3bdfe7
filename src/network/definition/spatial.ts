/** Sizes of what reaches a layer that slides windows over its input, with PyTorch's checks. */
import { sentence } from "../sentence";
import { type Dimensions, everywhere, type PerAxis } from "../shapes/axes";
import type { LayerInput } from "./layerDefinition";

/** Spatial axes of the input of a layer that needs `dimensions` of them, and `channels` channels if given. */
export function spatialAxes(input: LayerInput, dimensions: Dimensions, channels?: number): PerAxis {
  const [inChannels, ...spatial] = input.shape;
  if (spatial.length !== dimensions)
    input.refuse(
      sentence`it needs channels and ${dimensions} spatial axes.`,
      spatial.length === 0
        ? sentence`Put it before the Flatten.`
        : sentence`Use ${spatial.length}D layers for a ${spatial.length}D image.`,
    );
  if (channels !== undefined && inChannels !== channels)
    input.refuse(
      sentence`it expects ${channels} {0|channel|channels}.`,
      sentence`Make its channels those of the layer before.`,
    );
  return spatial;
}

/** Number of windows on each axis: floor((size - kernel) / stride) + 1. */
export function windowCounts(input: LayerInput, padded: PerAxis, kernel: PerAxis, stride: PerAxis): number[] {
  if (padded.some((size, axis) => size < kernel[axis]!))
    input.refuse(
      sentence`the network is too deep for its input, a kernel of ${kernel.join("x")} does not fit ${padded.join("x")}.`,
      sentence`Use a larger image or patch, or fewer pooling layers and strides.`,
    );
  return padded.map((size, axis) => Math.floor((size - kernel[axis]!) / stride[axis]!) + 1);
}

/** What `padding` zeros on both sides of each axis make of its size. */
export function paddedBothSides(spatial: PerAxis, padding: PerAxis): number[] {
  return spatial.map((size, axis) => size + 2 * padding[axis]!);
}

/** Places that windows of `kernel` cover, `stride` apart, less the padding: (n - 1) * stride - 2 * padding + kernel. */
export function coveredSizes(
  counts: PerAxis,
  {
    kernel,
    stride,
    padding,
  }: { readonly kernel: PerAxis; readonly stride: PerAxis; readonly padding?: PerAxis },
): number[] {
  return counts.map(
    (count, axis) => (count - 1) * stride[axis]! - 2 * (padding?.[axis] ?? 0) + kernel[axis]!,
  );
}

export const unpadded = (dimensions: Dimensions): PerAxis => everywhere(0, dimensions);
