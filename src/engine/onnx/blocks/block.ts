/** What blocks are made of. */
import type { BatchNorm } from "../../../network/layers/batchNorm";
import type { Conv } from "../../../network/layers/conv";
import type { ConvTranspose } from "../../../network/layers/convTranspose";
import type { LeakyReLU } from "../../../network/layers/leakyRelu";
import type { MaxPool } from "../../../network/layers/maxPool";
import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import type { ReLU } from "../../../network/layers/relu";
import type { Compilation, Formulation, Step } from "../compilation";
import type { ConvolutionFormulas } from "../convolutions/convolution";
import type { Value } from "../graph/graphBuilder";
import type { Placed } from "../layerContext";
import { convFormulas } from "../layers/conv";
import { convTransposeFormulas } from "../layers/convTranspose";

/** Layers that are compiled together, into fewer or cheaper operators. */
export interface Block {
  /** Number of layers. */
  readonly length: number;
  compile(input: Value, compilation: Compilation): Step;
}

export interface ConvolutionAndNorm {
  readonly convolution: Placed<Conv | ConvTranspose>;
  readonly norm: Placed<BatchNorm>;
}

export interface PooledBlock {
  readonly convolution: Placed<Conv | ConvTranspose>;
  readonly norm: Placed<BatchNorm> | undefined;
  readonly activation: Placed<ReLU | LeakyReLU>;
  readonly pool: Placed<MaxPool | PadMaxPool>;
}

export function formulasOf(layer: Conv | ConvTranspose, formulation: Formulation): ConvolutionFormulas {
  return layer.kind === "Conv" ? convFormulas(layer, formulation) : convTransposeFormulas(layer, formulation);
}
