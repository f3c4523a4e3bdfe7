/**
 * A network as plain data: a discriminated union of layers, each with a name inside its sequence. Nothing here computes;
 * shape inference, initialisation, transposition, the engines and the diagrams all read this.
 *
 * A kind of layer is its definition in `layers/` and one line in each of the two lists here.
 */
import type { LayerDefinition, Named, SequenceOf } from "./definition/layerDefinition";
import type { LayerOptions } from "./definition/layerOptions";
import { ADAPTIVE_AVG_POOL, type AdaptiveAvgPool } from "./layers/adaptiveAvgPool";
import { AVG_POOL, type AvgPool } from "./layers/avgPool";
import { BATCH_NORM, type BatchNorm } from "./layers/batchNorm";
import { CONV, type Conv } from "./layers/conv";
import { CONV_TRANSPOSE, type ConvTranspose } from "./layers/convTranspose";
import { CROP_MAX_UNPOOL, type CropMaxUnpool } from "./layers/cropMaxUnpool";
import { DROPOUT, type Dropout } from "./layers/dropout";
import { ELU } from "./layers/elu";
import { FLATTEN, type Flatten } from "./layers/flatten";
import { GELU } from "./layers/gelu";
import { GROUP_NORM, type GroupNorm } from "./layers/groupNorm";
import { INSTANCE_NORM, type InstanceNorm } from "./layers/instanceNorm";
import { LEAKY_RELU, type LeakyReLU } from "./layers/leakyRelu";
import { LINEAR, type Linear } from "./layers/linear";
import { MAX_POOL, type MaxPool } from "./layers/maxPool";
import { MAX_UNPOOL, type MaxUnpool } from "./layers/maxUnpool";
import { PAD_MAX_POOL, type PadMaxPool } from "./layers/padMaxPool";
import { RELU, type ReLU } from "./layers/relu";
import { RESHAPE, type Reshape } from "./layers/reshape";
import { type ResidualBlock, residualBlock } from "./layers/residualBlock";
import { SIGMOID, type Sigmoid } from "./layers/sigmoid";
import { SILU, type SiLU } from "./layers/silu";
import { TANH, type Tanh } from "./layers/tanh";

interface LayersByKind {
  readonly Conv: Conv;
  readonly ConvTranspose: ConvTranspose;
  readonly BatchNorm: BatchNorm;
  readonly GroupNorm: GroupNorm;
  readonly InstanceNorm: InstanceNorm;
  readonly ReLU: ReLU;
  readonly LeakyReLU: LeakyReLU;
  readonly Sigmoid: Sigmoid;
  readonly Tanh: Tanh;
  readonly ELU: ELU;
  readonly GELU: GELU;
  readonly SiLU: SiLU;
  readonly Dropout: Dropout;
  readonly MaxPool: MaxPool;
  readonly PadMaxPool: PadMaxPool;
  readonly AvgPool: AvgPool;
  readonly MaxUnpool: MaxUnpool;
  readonly CropMaxUnpool: CropMaxUnpool;
  readonly ResidualBlock: ResidualBlockOfLayers;
  readonly AdaptiveAvgPool: AdaptiveAvgPool;
  readonly Flatten: Flatten;
  readonly Reshape: Reshape;
  readonly Linear: Linear;
}

/** An interface of its own lets a layer hold layers of the union that it is part of. */
interface ResidualBlockOfLayers extends ResidualBlock<Layer> {}

export type LayerKind = keyof LayersByKind;
export type LayerOf<Kind extends LayerKind> = LayersByKind[Kind];
export type Layer = LayerOf<LayerKind>;
export type NamedLayer = Named<Layer>;
export type Sequence = SequenceOf<Layer>;

/** Everything that there is to say about a layer of whichever kind. */
export type Definition<L extends Layer = Layer> = LayerDefinition<L, Layer, LayerOptions | undefined, Layer>;

/** In the order in which the reference of experiment files lists them. */
export const LAYERS = {
  Conv: CONV,
  ConvTranspose: CONV_TRANSPOSE,
  BatchNorm: BATCH_NORM,
  GroupNorm: GROUP_NORM,
  InstanceNorm: INSTANCE_NORM,
  ReLU: RELU,
  LeakyReLU: LEAKY_RELU,
  Sigmoid: SIGMOID,
  Tanh: TANH,
  ELU: ELU,
  GELU: GELU,
  SiLU: SILU,
  Dropout: DROPOUT,
  MaxPool: MAX_POOL,
  PadMaxPool: PAD_MAX_POOL,
  AvgPool: AVG_POOL,
  MaxUnpool: MAX_UNPOOL,
  CropMaxUnpool: CROP_MAX_UNPOOL,
  ResidualBlock: residualBlock<Layer>(),
  AdaptiveAvgPool: ADAPTIVE_AVG_POOL,
  Flatten: FLATTEN,
  Reshape: RESHAPE,
  Linear: LINEAR,
} satisfies { readonly [Kind in LayerKind]: Definition<LayerOf<Kind>> };

/** The definition of the kind of `layer`, which applies to it. */
export function definitionOf({ kind }: Pick<Layer, "kind">): Definition {
  return LAYERS[kind];
}
