/** What a convolution and its transposition have in common. */
import type { Dimensions, PerAxis } from "../shapes/axes";
import { type DiagramAttribute, setting, unusualSizes } from "./attributes";
import { pythonTuple } from "./pythonText";
import type { SettingChecks } from "./settingChecks";

export interface ConvolutionSettings {
  readonly dimensions: Dimensions;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  readonly dilation: PerAxis;
  readonly groups: number;
  readonly bias: boolean;
}

export function checkConvolution(layer: ConvolutionSettings, check: SettingChecks): void {
  check.count("in_channels", layer.inChannels);
  check.count("out_channels", layer.outChannels);
  check.windows(layer);
  check.perAxis("padding", layer.padding, layer.dimensions, 0);
  check.perAxis("dilation", layer.dilation, layer.dimensions, 1);
  check.divides("groups", layer.groups, "in_channels", layer.inChannels);
  check.divides("groups", layer.groups, "out_channels", layer.outChannels);
}

/** PyTorch leaves out paddings of zero, a dilation and groups of one, and a bias that is there. */
export function convolutionText(layer: ConvolutionSettings, outputPadding: PerAxis): string {
  const parts = [
    `${layer.inChannels}`,
    `${layer.outChannels}`,
    `kernel_size=${pythonTuple(layer.kernel)}`,
    `stride=${pythonTuple(layer.stride)}`,
  ];
  if (layer.padding.some((size) => size !== 0)) parts.push(`padding=${pythonTuple(layer.padding)}`);
  if (layer.dilation.some((size) => size !== 1)) parts.push(`dilation=${pythonTuple(layer.dilation)}`);
  if (outputPadding.some((size) => size !== 0)) parts.push(`output_padding=${pythonTuple(outputPadding)}`);
  if (layer.groups !== 1) parts.push(`groups=${layer.groups}`);
  if (!layer.bias) parts.push("bias=False");
  return parts.join(", ");
}

/** Dilation and groups, where they are not the usual 1. */
export function spreadRows({ dilation, groups }: ConvolutionSettings): DiagramAttribute[] {
  return [
    ...(dilation.some((size) => size !== 1) ? [unusualSizes("dilation", dilation, 1)] : []),
    ...(groups !== 1 ? [setting("groups", groups, `groups ${groups}`)] : []),
  ];
}
