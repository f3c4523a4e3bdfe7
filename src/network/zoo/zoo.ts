/** The networks that Gyrus knows by name: those of ClinicaDL 1.6. */

import type { Network } from "../network";
import type { Dimensions } from "../shapes/axes";
import { transpose } from "../transpose";
import type { BuildOptions } from "./buildOptions";
import { caeHalf } from "./caeHalf";
import { conv4Fc3, conv5Fc3, strideConv5Fc3 } from "./convolutional";
import { resnet18 } from "./resnet18";

export type Task = "classification" | "regression" | "reconstruction";

export const ARCHITECTURES = [
  "Conv5_FC3",
  "Conv4_FC3",
  "Stride_Conv5_FC3",
  "resnet18",
  "AE_Conv5_FC3",
  "AE_Conv4_FC3",
  "CAE_half",
] as const;
export type ArchitectureName = (typeof ARCHITECTURES)[number];

export interface ZooEntry {
  /** One sentence for a list of architectures. */
  readonly description: string;
  readonly tasks: readonly Task[];
  readonly dimensions: readonly Dimensions[];
  /** Number of channels that it takes; any when absent. */
  readonly channels?: number;
  readonly build: (options: BuildOptions) => Network;
}

/** ClinicaDL transposes a CNN of its default 2 outputs; its classifier matters to the random numbers only. */
const forTransposition = (options: BuildOptions): BuildOptions => ({ ...options, outputSize: 2 });

export const ZOO: Readonly<Record<ArchitectureName, ZooEntry>> = {
  Conv5_FC3: {
    description:
      "Five blocks of convolution, batch norm, ReLU and adaptive pooling, then three linear layers.",
    tasks: ["classification", "regression"],
    dimensions: [2, 3],
    build: conv5Fc3,
  },
  Conv4_FC3: {
    description: "The blocks of Conv5_FC3 with smaller linear layers, for patches.",
    tasks: ["classification", "regression"],
    dimensions: [2, 3],
    build: conv4Fc3,
  },
  Stride_Conv5_FC3: {
    description: "Conv5_FC3 with strided convolutions instead of pooling.",
    tasks: ["classification", "regression"],
    dimensions: [2, 3],
    build: strideConv5Fc3,
  },
  resnet18: {
    description: "ResNet-18 for slices of 3 channels, from random weights.",
    tasks: ["classification"],
    dimensions: [2],
    channels: 3,
    build: resnet18,
  },
  AE_Conv5_FC3: {
    description: "Autoencoder of the convolutions of Conv5_FC3 and their transposition.",
    tasks: ["reconstruction"],
    dimensions: [2, 3],
    build: (options) => transpose(conv5Fc3(forTransposition(options)), options).autoencoder,
  },
  AE_Conv4_FC3: {
    description: "Autoencoder of the convolutions of Conv4_FC3 and their transposition.",
    tasks: ["reconstruction"],
    dimensions: [2, 3],
    build: (options) => transpose(conv4Fc3(forTransposition(options)), options).autoencoder,
  },
  CAE_half: {
    description: "Autoencoder with a latent vector: three strided convolutions and their inverse.",
    tasks: ["reconstruction"],
    dimensions: [2, 3],
    build: caeHalf,
  },
};

/** The network of this name; undefined where the zoo has none. */
export function zooEntry(name: string): ZooEntry | undefined {
  const known = ARCHITECTURES.find((architecture) => architecture === name);
  return known && ZOO[known];
}
