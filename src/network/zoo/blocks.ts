/** The pieces of which ClinicaDL's networks are made. */

import { convolution } from "../layers/conv";
import type { ConvTranspose } from "../layers/convTranspose";
import type { PadMaxPool } from "../layers/padMaxPool";
import type { ReLU } from "../layers/relu";
import { type Dimensions, everywhere, type PerAxis } from "../shapes/axes";

export const RELU: ReLU = { kind: "ReLU" };

/** Kernel 3, stride 2, padding 1, without bias: doubles each axis, less 1 where `outputPadding` is 0. */
export function doublingConvolution(
  dimensions: Dimensions,
  inChannels: number,
  outChannels: number,
  outputPadding: PerAxis,
): ConvTranspose {
  const halving = convolution(dimensions, inChannels, outChannels, { stride: 2, bias: false });
  return { ...halving, kind: "ConvTranspose", outputPadding };
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

/** 2 for [channels, height, width], 3 for [channels, x, y, z]. */
export function dimensionsOf(inputSize: readonly number[]): Dimensions {
  return inputSize.length === 3 ? 2 : 3;
}
