/** A convolution as its kernels see it: along three axes, of which an image has one of a single plane. */
import type { ConvolutionSettings } from "../../../../network/definition/convolutions";
import { elementCount } from "../../../../network/weights/tensor";
import type { Value } from "../../tape/value";

export type Triple = readonly [depth: number, height: number, width: number];

/**
 * y[n, o, q] = sum over i, t of w[o, i, t] * x[n, i, q * stride + t * dilation - padding], o of a group from the i of the same group. A
 * transposed convolution is the way back through one of these, so it has one too: from its output to its input.
 */
export interface Geometry {
  readonly samples: number;
  /** Channels and sizes of x. */
  readonly inChannels: number;
  readonly from: Triple;
  /** Channels and sizes of y. */
  readonly outChannels: number;
  readonly to: Triple;
  readonly groups: number;
  readonly kernel: Triple;
  readonly stride: Triple;
  readonly padding: Triple;
  readonly dilation: Triple;
}

/** @param x, y shapes [N, channels, ...spatial] */
export function geometryOf(
  layer: ConvolutionSettings,
  x: Pick<Value, "shape">,
  y: Pick<Value, "shape">,
): Geometry {
  const [samples, inChannels, ...from] = x.shape as readonly [number, number, ...number[]];
  const [, outChannels, ...to] = y.shape as readonly [number, number, ...number[]];
  return {
    samples,
    inChannels,
    from: alongThree(from, 1),
    outChannels,
    to: alongThree(to, 1),
    groups: layer.groups,
    kernel: alongThree(layer.kernel, 1),
    stride: alongThree(layer.stride, 1),
    padding: alongThree(layer.padding, 0),
    dilation: alongThree(layer.dilation, 1),
  };
}

function alongThree(sizes: readonly number[], missing: number): Triple {
  const [depth, height, width] = sizes.length === 2 ? [missing, ...sizes] : sizes;
  return [depth!, height!, width!];
}

/** Names of the numbers of a geometry in a kernel: d, h and w for the axes. */
export const GEOMETRY = [
  "in_channels",
  "out_channels",
  "in_of_group",
  "out_of_group",
  ...["xd", "xh", "xw"],
  ...["yd", "yh", "yw"],
  ...["kd", "kh", "kw"],
  ...["sd", "sh", "sw"],
  ...["pd", "ph", "pw"],
  ...["dd", "dh", "dw"],
] as const;

export function geometryNumbers(geometry: Geometry): {
  readonly [Name in (typeof GEOMETRY)[number]]: number;
} {
  const { inChannels, outChannels, groups, from, to, kernel, stride, padding, dilation } = geometry;
  return {
    in_channels: inChannels,
    out_channels: outChannels,
    in_of_group: inChannels / groups,
    out_of_group: outChannels / groups,
    xd: from[0],
    xh: from[1],
    xw: from[2],
    yd: to[0],
    yh: to[1],
    yw: to[2],
    kd: kernel[0],
    kh: kernel[1],
    kw: kernel[2],
    sd: stride[0],
    sh: stride[1],
    sw: stride[2],
    pd: padding[0],
    ph: padding[1],
    pw: padding[2],
    dd: dilation[0],
    dh: dilation[1],
    dw: dilation[2],
  };
}

export const voxels = (sizes: Triple): number => elementCount(sizes);
