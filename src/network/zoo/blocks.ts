/** The pieces of which ClinicaDL's networks are made. */
import type {
  BatchNorm,
  Conv,
  ConvTranspose,
  Dimensions,
  Layer,
  Linear,
  PadMaxPool,
  ResidualBlock,
} from "../layer";
import { sequence } from "../sequence";

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
    dilation: everywhere(1, dimensions),
    groups: 1,
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

/**
 * The block of ResNet-18 (He et al., 2016): two convolutions of kernel 3 beside the identity, or beside a strided convolution
 * of kernel 1 where the shape changes. Names are torchvision's.
 */
export function basicBlock(
  dimensions: Dimensions,
  inChannels: number,
  outChannels: number,
  stride: number,
): ResidualBlock {
  const changesShape = stride !== 1 || inChannels !== outChannels;
  return {
    kind: "ResidualBlock",
    body: [
      { name: "conv1", layer: convolution(dimensions, inChannels, outChannels, { stride, bias: false }) },
      { name: "bn1", layer: batchNorm(dimensions, outChannels) },
      { name: "relu", layer: RELU },
      { name: "conv2", layer: convolution(dimensions, outChannels, outChannels, { bias: false }) },
      { name: "bn2", layer: batchNorm(dimensions, outChannels) },
    ],
    shortcut: changesShape
      ? sequence([
          convolution(dimensions, inChannels, outChannels, { kernel: 1, stride, padding: 0, bias: false }),
          batchNorm(dimensions, outChannels),
        ])
      : [],
  };
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
