import type { LayerKind } from "../../../src/network/layer";

/** What a layer does, for its colour; its name always stands beside it. */
export type Category =
  | "convolution"
  | "normalisation"
  | "activation"
  | "pooling"
  | "linear"
  | "reshaping"
  | "residual";

export function categoryOf(kind: LayerKind): Category {
  switch (kind) {
    case "Conv":
    case "ConvTranspose":
      return "convolution";
    case "BatchNorm":
    case "GroupNorm":
    case "InstanceNorm":
      return "normalisation";
    case "ReLU":
    case "LeakyReLU":
    case "Sigmoid":
    case "Tanh":
    case "ELU":
    case "GELU":
    case "SiLU":
      return "activation";
    case "MaxPool":
    case "PadMaxPool":
    case "MaxUnpool":
    case "CropMaxUnpool":
    case "AdaptiveAvgPool":
    case "AvgPool":
      return "pooling";
    case "Linear":
      return "linear";
    case "Flatten":
    case "Reshape":
    case "Dropout":
      return "reshaping";
    case "ResidualBlock":
      return "residual";
  }
}

export const CATEGORY_VARIABLES: Readonly<Record<Category, string>> = {
  convolution: "--vscode-charts-blue",
  normalisation: "--vscode-charts-purple",
  activation: "--vscode-charts-green",
  pooling: "--vscode-charts-orange",
  linear: "--vscode-charts-yellow",
  reshaping: "--vscode-descriptionForeground",
  residual: "--vscode-foreground",
};
