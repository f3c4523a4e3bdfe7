/** Operators with a sliding window: convolution, its transpose, pooling and its inverse. */
import type { PerAxis } from "../../../network/shapes/axes";
import { pad, scatterAdd } from "./arrangement";
import { describe, type Shape, type Value } from "./graphBuilder";

/** The window of a convolution, axis by axis, and how many groups of channels it convolves by themselves. */
export interface Window {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  /** The same before and after. */
  readonly padding: PerAxis;
  /** Steps from one tap of the kernel to the next. */
  readonly dilation: PerAxis;
  readonly groups: number;
}

export interface ConvolutionOptions {
  readonly stride?: PerAxis;
  /** Zeros before each spatial axis, then after each. */
  readonly pads?: readonly number[];
  readonly dilation?: PerAxis;
  readonly groups?: number;
  /** [out] */
  readonly bias?: Value | undefined;
}

/** Whether no two windows meet. */
const areApart = ({ kernel, stride }: Pick<Window, "kernel" | "stride">): boolean =>
  kernel.every((size, axis) => size <= stride[axis]!);

/** The same padding at both ends, as the operators want it. */
export const bothEnds = (padding: PerAxis): readonly number[] => [...padding, ...padding];

/** Cross-correlation of `input` [N, in, ...] with `weight` [out, in / groups, ...kernel]. */
export function convolve(input: Value, weight: Value, options: ConvolutionOptions = {}): Value {
  const [batch, channels, ...spatial] = input.shape;
  const [outChannels, inChannels, ...kernel] = weight.shape;
  const ones = spatial.map(() => 1);
  const {
    stride = ones,
    pads = [...ones, ...ones].map(() => 0),
    dilation = ones,
    groups = 1,
    bias,
  } = options;
  if (inChannels! * groups !== channels) {
    throw new Error(`${describe(input)} cannot be convolved with ${describe(weight)}.`);
  }
  const size = spatial.map((length, axis) => {
    const padded = length + pads[axis]! + pads[axis + spatial.length]!;
    return Math.floor((padded - dilation[axis]! * (kernel[axis]! - 1) - 1) / stride[axis]!) + 1;
  });
  const output = { type: input.type, shape: [batch!, outChannels!, ...size] };
  return input.graph.node("Conv", bias === undefined ? [input, weight] : [input, weight, bias], output, {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: pads },
    dilations: { ints: dilation },
    group: { int: groups },
  });
}

/**
 * Transposed convolution of `input` [N, in, ...] with `weight` [in, out / groups, ...kernel], to `outputSpatial`, which must be
 * one of the sizes that the convolution of that window takes to the size of `input`.
 */
export function convolveTransposed(input: Value, weight: Value, window: Window, outputSpatial: Shape): Value {
  const { kernel, stride, padding, dilation, groups } = window;
  const [batch, , ...spatial] = input.shape;
  const reached = spatial.map(
    (size, axis) => (size - 1) * stride[axis]! + dilation[axis]! * (kernel[axis]! - 1) + 1,
  );
  const outputPadding = outputSpatial.map((size, axis) => size - (reached[axis]! - 2 * padding[axis]!));
  // The operator refuses output padding of a step or more. There it cuts less off at the end, and what is still missing is 0.
  const refused = outputPadding.map((planes, axis) => Math.max(0, planes - stride[axis]! + 1));
  const uncut = refused.map((planes, axis) => Math.min(planes, padding[axis]!));
  const zeros = refused.map((planes, axis) => planes - uncut[axis]!);
  const size = outputSpatial.map((planes, axis) => planes - zeros[axis]!);
  const output = { type: input.type, shape: [batch!, weight.shape[1]! * groups, ...size] };
  const product = input.graph.node("ConvTranspose", [input, weight], output, {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: [...padding, ...padding.map((planes, axis) => planes - uncut[axis]!)] },
    output_padding: { ints: outputPadding.map((planes, axis) => planes - refused[axis]!) },
    dilations: { ints: dilation },
    group: { int: groups },
  });
  return pad(product, [0, 0, ...zeros.map(() => 0)], [0, 0, ...zeros]);
}

export interface PoolingOptions {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  /** Places before each spatial axis, then after each, that never win. */
  readonly pads: readonly number[];
}

/** Mean of each window; zeros of the padding count as values where `countIncludePad` says so. */
export function averagePool(input: Value, options: PoolingOptions, countIncludePad: boolean): Value {
  return input.graph.node("AveragePool", [input], pooledType(input, options), {
    ...poolingAttributes(options),
    count_include_pad: { int: Number(countIncludePad) },
  });
}

/** Maximum of each window. */
export function maxPool(input: Value, options: PoolingOptions): Value {
  return input.graph.node("MaxPool", [input], pooledType(input, options), poolingAttributes(options));
}

/**
 * Maximum of each window and where it stands: flat positions (int64) in the whole of `input`, batch and channels included.
 * The first maximum wins.
 */
export function maxPoolWithIndices(
  input: Value,
  options: PoolingOptions,
): { readonly maxima: Value; readonly indices: Value } {
  const output = pooledType(input, options);
  const outputs = [output, { type: "int64", shape: output.shape }] as const;
  const [maxima, indices] = input.graph.nodeWithOutputs(
    "MaxPool",
    [input],
    outputs,
    poolingAttributes(options),
  );
  return { maxima: maxima!, indices: indices! };
}

/**
 * Zeros of `shape` in which each element of `values` stands at its flat position in `indices`, the last of several at one
 * place. An index outside fails at run time.
 * @param options of the pool that gave the indices
 */
export function maxUnpool(values: Value, indices: Value, shape: Shape, options: PoolingOptions): Value {
  const size = values.graph.constant("int64", [shape.length], shape);
  const output = { type: values.type, shape };
  return values.graph.node(
    "MaxUnpool",
    [values, indices, size],
    output,
    unpoolingAttributes(values, options),
  );
}

/**
 * Beside the shape that it is told the operator computes one from the window, and refuses it where it is not positive: as for
 * a single window that is half padding. A larger kernel changes nothing else.
 */
function unpoolingAttributes({ shape }: Value, options: PoolingOptions) {
  const kernel = options.kernel.map((size, axis) => {
    const padding = options.pads[axis]! + options.pads[axis + options.kernel.length]!;
    return Math.max(size, 1 + padding - (shape[axis + 2]! - 1) * options.stride[axis]!);
  });
  return poolingAttributes({ ...options, kernel });
}

/** Gradient of a pool by its input, of the given shape: what came to each maximum goes where it stood. */
export function maxPoolGradient(
  gradient: Value,
  indices: Value,
  inputShape: Shape,
  options: PoolingOptions,
): Value {
  return areApart(options)
    ? maxUnpool(gradient, indices, inputShape, options)
    : scatterAdd(gradient, indices, inputShape);
}

function pooledType({ type, shape }: Value, { kernel, stride, pads }: PoolingOptions) {
  const [batch, channels, ...spatial] = shape;
  const size = spatial.map((length, axis) => {
    const padded = length + pads[axis]! + pads[axis + spatial.length]!;
    return Math.floor((padded - kernel[axis]!) / stride[axis]!) + 1;
  });
  return { type, shape: [batch!, channels!, ...size] };
}

function poolingAttributes({ kernel, stride, pads }: PoolingOptions) {
  return { kernel_shape: { ints: kernel }, strides: { ints: stride }, pads: { ints: pads } };
}
