import { setting } from "../definition/attributes";
import { copiedWhereShapeIsKept } from "../definition/elementwise";
import {
  type AnyLayer,
  type BranchedDefinition,
  type SequenceOf,
  sequence,
} from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { spatialDimensions } from "../definition/ownSizes";
import { noSettings } from "../definition/settingChecks";
import type { Dimensions } from "../shapes/axes";
import { type BatchNorm, batchNorm } from "./batchNorm";
import { type Conv, convolution } from "./conv";
import type { ReLU } from "./relu";

/**
 * relu(body(x) + shortcut(x)) (He et al., 2016); an empty shortcut is the identity. Parameters are named
 * `<block>.<body layer>` and `<block>.downsample.<shortcut layer>` as in torchvision.
 * @template Inner the layers that it may hold
 */
export interface ResidualBlock<Inner extends AnyLayer> {
  readonly kind: "ResidualBlock";
  readonly body: SequenceOf<Inner>;
  readonly shortcut: SequenceOf<Inner>;
}

const OPTIONS = {
  out_channels: { type: "count", smallest: 1, description: "Channels that it makes." },
  stride: { type: "count", smallest: 1, default: 1, description: "Step of its first convolution." },
} as const satisfies LayerOptions;

/** Generic, because the union of all layers is made of this definition among others. */
export function residualBlock<Inner extends AnyLayer>(): BranchedDefinition<
  ResidualBlock<Inner | Conv | BatchNorm | ReLU>,
  ResidualBlock<Inner | Conv | BatchNorm | ReLU>,
  typeof OPTIONS,
  Inner | Conv | BatchNorm | ReLU
> {
  return {
    kind: "ResidualBlock",
    category: "residual",
    own: {
      description:
        "Two convolutions with norms beside the identity, or beside a convolution of kernel 1 where the shape changes.",
      options: OPTIONS,
      make: ({ out_channels, stride }, place) =>
        basicBlock(spatialDimensions("ResidualBlock", place), place.input[0]!, out_channels, stride),
    },
    branches: ({ body, shortcut }) => [
      { name: "body", prefix: "", layers: body },
      { name: "shortcut", prefix: "downsample", layers: shortcut },
    ],
    join: "add",
    after: "ReLU",
    moduleName: "BasicBlock",
    checkSettings: noSettings,
    text: () => "ResidualBlock()",
    attributes: ({ shortcut }) => [setting("shortcut", shortcut.length === 0 ? "identity" : "convolution")],
    opensBlock: "always",
    decoding: copiedWhereShapeIsKept,
  };
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
): ResidualBlock<Conv | BatchNorm | ReLU> {
  const changesShape = stride !== 1 || inChannels !== outChannels;
  return {
    kind: "ResidualBlock",
    body: [
      { name: "conv1", layer: convolution(dimensions, inChannels, outChannels, { stride, bias: false }) },
      { name: "bn1", layer: batchNorm(dimensions, outChannels) },
      { name: "relu", layer: { kind: "ReLU" } },
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
