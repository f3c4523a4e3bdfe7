/** The pieces of which ClinicaDL's networks are made. */
import type { BatchNorm, Conv, ConvTranspose, Dimensions, Layer, Linear, PadMaxPool } from "../layer";

export const RELU: Layer = { kind: "ReLU" };

const everywhere = (size: number, dimensions: Dimensions) => Array.from({ length: dimensions }, () => size);

interface ConvolutionOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly bias?: boolean;
}

/** Kernel 3, stride 1, padding 1, with bias, unless said otherwise. */
export function convolution(
  dimensions: Dimensions,
  inChannels: number,
  outChannels: number,
  { kernel = 3, stride = 1, padding = 1, bias = true }: ConvolutionOptions = {},
): Conv {
  return {
    kind: "Conv",
    dimensions,
    inChannels,
    outChannels,
    kernel: everywhere(kernel, dimensions),
    stride: everywhere(stride, dimensions),
    padding: everywhere(padding, dimensions),
    bias,
  };
}

/** Kernel 3, stride 2, padding 1, without bias: doubles each axis, less 1 where `outputPadding` is 0. */
export function doublingConvolution(
  dimensions: Dimensions,
  inChannels: number,
  outChannels: number,
  outputPadding: readonly number[],
): ConvTranspose {
  const halving = convolution(dimensions, inChannels, outChannels, { stride: 2, bias: false });
  return { ...halving, kind: "ConvTranspose", outputPadding };
}

/** PyTorch's defaults: epsilon 1e-5, momentum 0.1. */
export function batchNorm(dimensions: Dimensions, channels: number): BatchNorm {
  return { kind: "BatchNorm", dimensions, channels, epsilon: 1e-5, momentum: 0.1 };
}

/** Kernel 2, stride 2: halves each axis, rounding up. */
export function halvingPool(dimensions: Dimensions): PadMaxPool {
  return {
    kind: "PadMaxPool",
    dimensions,
    kernel: everywhere(2, dimensions),
    stride: everywhere(2, dimensions),
  };
}

export function linear(inFeatures: number, outFeatures: number): Linear {
  return { kind: "Linear", inFeatures, outFeatures, bias: true };
}

/** 2 for [channels, height, width], 3 for [channels, x, y, z]. */
export function dimensionsOf(inputSize: readonly number[]): Dimensions {
  return inputSize.length === 3 ? 2 : 3;
}
