/** What each kind of layer records: one entry a kind, so that a missing one is an error of types. */
import type { LayerKind, LayerOf } from "../../network/layer";
import type { LayerContext, RecordLayer } from "./layerContext";
import { adaptiveAvgPool } from "./layers/adaptiveAvgPool";
import { avgPool } from "./layers/avgPool";
import { batchNorm } from "./layers/batchNorm";
import { conv } from "./layers/conv";
import { convTranspose } from "./layers/convTranspose";
import { dropout } from "./layers/dropout";
import { elu } from "./layers/elu";
import { flatten } from "./layers/flatten";
import { gelu } from "./layers/gelu";
import { groupNorm } from "./layers/groupNorm";
import { instanceNorm } from "./layers/instanceNorm";
import { leakyRelu } from "./layers/leakyRelu";
import { linear } from "./layers/linear";
import { maxPool } from "./layers/maxPool";
import { maxUnpool } from "./layers/maxUnpool";
import { padMaxPool } from "./layers/padMaxPool";
import { relu } from "./layers/relu";
import { reshape } from "./layers/reshape";
import { residualBlock } from "./layers/residualBlock";
import { sigmoid } from "./layers/sigmoid";
import { silu } from "./layers/silu";
import { tanh } from "./layers/tanh";
import type { Step } from "./pass";

const RECORDERS: { readonly [Kind in LayerKind]: RecordLayer<Kind> } = {
  Conv: conv,
  ConvTranspose: convTranspose,
  BatchNorm: batchNorm,
  GroupNorm: groupNorm,
  InstanceNorm: instanceNorm,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  Sigmoid: sigmoid,
  Tanh: tanh,
  ELU: elu,
  GELU: gelu,
  SiLU: silu,
  Dropout: dropout,
  MaxPool: maxPool,
  PadMaxPool: padMaxPool,
  MaxUnpool: maxUnpool,
  CropMaxUnpool: maxUnpool,
  Flatten: flatten,
  Reshape: reshape,
  Linear: linear,
  AdaptiveAvgPool: adaptiveAvgPool,
  AvgPool: avgPool,
  ResidualBlock: residualBlock,
};

/** The layer of `context`, by itself. */
export function recordLayer<Kind extends LayerKind>(kind: Kind, context: LayerContext<LayerOf<Kind>>): Step {
  return RECORDERS[kind](context);
}
