import type { Layer, PerAxis } from "./layer";
import { shapeText } from "./layerText";

/** One line beside a layer: "kernel", "3 x 3 x 3". */
export interface DiagramAttribute {
  readonly name: string;
  readonly value: string;
  /** True for channels and features, by which the blocks of a repeated pattern differ. */
  readonly varies: boolean;
}

/** What distinguishes a layer from others of its kind, in the words of PyTorch. */
export function attributesOf(layer: Layer): DiagramAttribute[] {
  switch (layer.kind) {
    case "Conv":
      return [
        change("channels", layer.inChannels, layer.outChannels),
        ...windowRows(layer),
        setting("padding", sizes(layer.padding)),
        ...spreadRows(layer),
        setting("bias", yesNo(layer.bias)),
      ];
    case "ConvTranspose":
      return [
        change("channels", layer.inChannels, layer.outChannels),
        ...windowRows(layer),
        setting("padding", sizes(layer.padding)),
        { ...setting("output padding", sizes(layer.outputPadding)), varies: true },
        ...spreadRows(layer),
        setting("bias", yesNo(layer.bias)),
      ];
    case "BatchNorm":
      return [
        { name: "channels", value: `${layer.channels}`, varies: true },
        setting("epsilon", `${layer.epsilon}`),
        setting("momentum", `${layer.momentum}`),
      ];
    case "GroupNorm":
      return [
        setting("groups", `${layer.groups}`),
        { name: "channels", value: `${layer.channels}`, varies: true },
        setting("epsilon", `${layer.epsilon}`),
        setting("affine", yesNo(layer.affine)),
      ];
    case "InstanceNorm":
      return [
        { name: "channels", value: `${layer.channels}`, varies: true },
        setting("epsilon", `${layer.epsilon}`),
        setting("affine", yesNo(layer.affine)),
      ];
    case "ELU":
      return [setting("alpha", `${layer.alpha}`)];
    case "AvgPool":
      return [
        ...windowRows(layer),
        setting("padding", sizes(layer.padding)),
        setting("padding counts", yesNo(layer.countIncludePad)),
      ];
    case "LeakyReLU":
      return [setting("negative slope", `${layer.negativeSlope}`)];
    case "Dropout":
      return [setting("probability", `${layer.probability}`)];
    case "MaxPool":
    case "MaxUnpool":
      return [...windowRows(layer), setting("padding", sizes(layer.padding))];
    case "PadMaxPool":
    case "CropMaxUnpool":
      return windowRows(layer);
    case "Linear":
      return [change("features", layer.inFeatures, layer.outFeatures), setting("bias", yesNo(layer.bias))];
    case "Reshape":
      return [{ name: "shape", value: shapeText(layer.shape), varies: true }];
    case "AdaptiveAvgPool":
      return [setting("output size", sizes(layer.outputSize))];
    case "ResidualBlock":
      return [setting("shortcut", layer.shortcut.length === 0 ? "identity" : "convolution")];
    case "ReLU":
    case "Sigmoid":
    case "Tanh":
    case "GELU":
    case "SiLU":
    case "Flatten":
      return [];
  }
}

function windowRows({ kernel, stride }: { readonly kernel: PerAxis; readonly stride: PerAxis }) {
  return [setting("kernel", sizes(kernel)), setting("stride", sizes(stride))];
}

/** Dilation and groups, where they are not the usual 1. */
function spreadRows({ dilation, groups }: { readonly dilation: PerAxis; readonly groups: number }) {
  return [
    ...(dilation.some((size) => size !== 1) ? [setting("dilation", sizes(dilation))] : []),
    ...(groups !== 1 ? [setting("groups", `${groups}`)] : []),
  ];
}

function setting(name: string, value: string): DiagramAttribute {
  return { name, value, varies: false };
}

function change(name: string, from: number, to: number): DiagramAttribute {
  return { name, value: `${from} → ${to}`, varies: true };
}

function sizes(perAxis: PerAxis): string {
  return perAxis.join(" × ");
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
