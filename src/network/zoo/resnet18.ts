import { sequence } from "../definition/layerDefinition";
import type { NamedLayer, Sequence } from "../layer";
import { batchNorm } from "../layers/batchNorm";
import { convolution } from "../layers/conv";
import { linear } from "../layers/linear";
import { basicBlock } from "../layers/residualBlock";
import type { Cnn } from "../network";
import { RELU } from "./blocks";
import type { BuildOptions } from "./buildOptions";

const STAGES = [
  { position: "4", inChannels: 64, outChannels: 64, stride: 1 },
  { position: "5", inChannels: 64, outChannels: 128, stride: 2 },
  { position: "6", inChannels: 128, outChannels: 256, stride: 2 },
  { position: "7", inChannels: 256, outChannels: 512, stride: 2 },
] as const;

/**
 * ResNet-18 (He et al., 2016, "Deep residual learning for image recognition") for 2D images of 3 channels, as ClinicaDL
 * wraps torchvision's: the 1000 ImageNet classes, dropout, then the answer. Names are those of ClinicaDL's state dict.
 */
export function resnet18({ inputSize, outputSize, dropout }: BuildOptions): Cnn {
  const convolutions: Sequence = [
    ...sequence([
      convolution(2, 3, 64, { kernel: 7, stride: 2, padding: 3, bias: false }),
      batchNorm(2, 64),
      RELU,
      { kind: "MaxPool", dimensions: 2, kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
    ]),
    ...STAGES.flatMap((stage): NamedLayer[] => [
      {
        name: `${stage.position}.0`,
        layer: basicBlock(2, stage.inChannels, stage.outChannels, stage.stride),
      },
      { name: `${stage.position}.1`, layer: basicBlock(2, stage.outChannels, stage.outChannels, 1) },
    ]),
    { name: "8", layer: { kind: "AdaptiveAvgPool", dimensions: 2, outputSize: [1, 1] } },
  ];
  const fc: Sequence = [
    { name: "0", layer: { kind: "Flatten" } },
    { name: "1", layer: linear(512, 1000) },
    { name: "drop_out", layer: { kind: "Dropout", probability: dropout } },
    { name: "fc_out", layer: linear(1000, outputSize) },
  ];
  return { family: "cnn", architecture: "resnet18", inputSize, convolutions, fc };
}
