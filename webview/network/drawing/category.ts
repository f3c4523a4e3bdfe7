import type { Category } from "../../../src/network/definition/layerDefinition";

/** The colour of what a layer does; its name always stands beside it. */
export const CATEGORY_VARIABLES: Readonly<Record<Category, string>> = {
  convolution: "--vscode-charts-blue",
  normalisation: "--vscode-charts-purple",
  activation: "--vscode-charts-green",
  pooling: "--vscode-charts-orange",
  linear: "--vscode-charts-yellow",
  reshaping: "--vscode-descriptionForeground",
  residual: "--vscode-foreground",
};
