import type { PerAxis } from "./axes";

/**
 * Zeros that PadMaxPool puts BEFORE each axis so that the stride divides its size:
 * (stride - size mod stride) mod stride. The kernel takes no part, as in ClinicaDL.
 */
export function adaptivePadding(spatial: PerAxis, stride: PerAxis): number[] {
  return spatial.map((size, axis) => {
    const step = stride[axis]!;
    return (step - (size % step)) % step;
  });
}

/** Sizes with the zeros of `adaptivePadding`. */
export function paddedSizes(spatial: PerAxis, stride: PerAxis): number[] {
  const padding = adaptivePadding(spatial, stride);
  return spatial.map((size, axis) => size + padding[axis]!);
}

/** The padding as ClinicaDL and torch.nn.functional.pad write it: last axis first, (before, after) for each axis. */
export function paddingTuple(padding: PerAxis): number[] {
  return [...padding].reverse().flatMap((before) => [before, 0]);
}

/** Voxels that a kernel spans: dilation * (kernel - 1) + 1 on each axis. */
export function dilatedKernel(layer: { readonly kernel: PerAxis; readonly dilation: PerAxis }): number[] {
  return layer.kernel.map((size, axis) => layer.dilation[axis]! * (size - 1) + 1);
}
