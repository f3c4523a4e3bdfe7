import { sequence } from "../definition/layerDefinition";
import type { Layer } from "../layer";
import { batchNorm } from "../layers/batchNorm";
import { convolution } from "../layers/conv";
import { linear } from "../layers/linear";
import type { Autoencoder } from "../network";
import { elementCount } from "../weights/tensor";
import { dimensionsOf, doublingConvolution, RELU } from "./blocks";
import type { BuildOptions } from "./buildOptions";

const ENCODER_CHANNELS = [32, 64, 128] as const;
const CODE_CHANNELS = 256;
const DECODER_CHANNELS = [128, 64] as const;
const SLOPE = 0.2;

/**
 * The autoencoder that ClinicaDL's CAE_half describes and cannot construct: three halving convolutions, a latent vector,
 * three doubling ones. Linear sizes and output padding follow from the input, so that the output has its shape.
 */
export function caeHalf({ inputSize, latentSpaceSize }: BuildOptions): Autoencoder {
  const dimensions = dimensionsOf(inputSize);
  const halving = ENCODER_CHANNELS.flatMap((channels, level): Layer[] => [
    convolution(dimensions, ENCODER_CHANNELS[level - 1] ?? inputSize[0]!, channels, {
      stride: 2,
      bias: false,
    }),
    batchNorm(dimensions, channels),
    { kind: "LeakyReLU", negativeSlope: SLOPE },
  ]);
  const sizes = [inputSize.slice(1)];
  for (const _ of ENCODER_CHANNELS) sizes.push(sizes.at(-1)!.map((size) => Math.ceil(size / 2)));
  const smallest = sizes.at(-1)!;
  const codeShape = [CODE_CHANNELS, ...smallest];

  const doubling = [...DECODER_CHANNELS, inputSize[0]!].flatMap((channels, level): Layer[] => {
    const outputPadding = sizes.at(-2 - level)!.map((size) => (size + 1) % 2);
    const inChannels = DECODER_CHANNELS[level - 1] ?? CODE_CHANNELS;
    return [
      doublingConvolution(dimensions, inChannels, channels, outputPadding),
      batchNorm(dimensions, channels),
      RELU,
    ];
  });
  return {
    family: "autoencoder",
    architecture: "CAE_half",
    inputSize,
    encoder: sequence([
      ...halving,
      { kind: "Flatten" },
      linear(ENCODER_CHANNELS[2] * elementCount(smallest), latentSpaceSize),
    ]),
    decoder: sequence([
      linear(latentSpaceSize, elementCount(codeShape)),
      { kind: "Reshape", shape: codeShape },
      ...doubling,
    ]),
  };
}
