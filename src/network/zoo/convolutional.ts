/** ClinicaDL's plain CNNs: five halving blocks, then three linear layers. */

import { sequence } from "../definition/layerDefinition";
import type { Layer, Sequence } from "../layer";
import { batchNorm } from "../layers/batchNorm";
import { convolution } from "../layers/conv";
import { linear } from "../layers/linear";
import type { Cnn } from "../network";
import { sequenceShape } from "../shapes/shape";
import { elementCount } from "../weights/tensor";
import { dimensionsOf, halvingPool, RELU } from "./blocks";
import type { BuildOptions } from "./buildOptions";

const CHANNELS = [8, 16, 32, 64, 128] as const;

/** [Conv 3, BatchNorm, ReLU, PadMaxPool 2] x 5, then 1300, 50 and the answer. */
export function conv5Fc3(options: BuildOptions): Cnn {
  return withClassifier("Conv5_FC3", pooledBlocks(options.inputSize), [1300, 50], options);
}

/** ClinicaDL 1.6's Conv4_FC3, which has the five blocks of Conv5_FC3, then 50, 40 and the answer. */
export function conv4Fc3(options: BuildOptions): Cnn {
  return withClassifier("Conv4_FC3", pooledBlocks(options.inputSize), [50, 40], options);
}

/** [Conv 3 with stride 2, BatchNorm, ReLU] x 5, then 1300, 50 and the answer. */
export function strideConv5Fc3(options: BuildOptions): Cnn {
  const dimensions = dimensionsOf(options.inputSize);
  const blocks = eachBlock(options.inputSize, (inChannels, outChannels) => [
    convolution(dimensions, inChannels, outChannels, { stride: 2 }),
    batchNorm(dimensions, outChannels),
    RELU,
  ]);
  return withClassifier("Stride_Conv5_FC3", blocks, [1300, 50], options);
}

function pooledBlocks(inputSize: readonly number[]): Sequence {
  const dimensions = dimensionsOf(inputSize);
  return eachBlock(inputSize, (inChannels, outChannels) => [
    convolution(dimensions, inChannels, outChannels),
    batchNorm(dimensions, outChannels),
    RELU,
    halvingPool(dimensions),
  ]);
}

function eachBlock(
  inputSize: readonly number[],
  block: (inChannels: number, outChannels: number) => Layer[],
): Sequence {
  return sequence(
    CHANNELS.flatMap((channels, level) => block(CHANNELS[level - 1] ?? inputSize[0]!, channels)),
  );
}

function withClassifier(
  architecture: string,
  convolutions: Sequence,
  widths: readonly [number, number],
  { inputSize, outputSize, dropout }: BuildOptions,
): Cnn {
  const features = elementCount(sequenceShape(convolutions, inputSize, "convolutions"));
  const fc = sequence([
    { kind: "Flatten" },
    { kind: "Dropout", probability: dropout },
    linear(features, widths[0]),
    RELU,
    linear(widths[0], widths[1]),
    RELU,
    linear(widths[1], outputSize),
  ]);
  return { family: "cnn", architecture, inputSize, convolutions, fc };
}
