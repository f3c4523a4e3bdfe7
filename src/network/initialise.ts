/**
 * The weights that a network starts from: PyTorch's defaults, bit for bit those that ClinicaDL gets when it builds the
 * same network after `torch.manual_seed(seed)`.
 */
import type { Conv, ConvTranspose, Layer, Linear, Sequence } from "./layer";
import { type Network, partsOf } from "./network";
import { layerSpecs, type ParameterSpec, parameterSpecs } from "./parameters";
import { RandomGenerator } from "./random";
import { elementCount, type FloatTensor, type StateDict, type Tensor } from "./tensor";

/**
 * Initial parameters and buffers of `network`, in the order of its state dict. Convolutions and linear layers are
 * uniform (torch's reset_parameters); norms are the identity, with running mean 0 and variance 1. The convolutions
 * of resnet18 are normal, as torchvision's; their values are Gyrus's own, because ClinicaDL overwrites them by ImageNet's.
 */
export function initialState(network: Network, seed: number): StateDict {
  const random = new RandomGenerator(seed);
  const drawn = new Map<string, Tensor>();
  const normalConvolutions = network.architecture === "resnet18";
  for (const { path, layer, kept } of constructionOrder(network)) {
    if (!kept) random.skip(drawCount(layer, path));
    else
      for (const [name, tensor] of initialLayer(layer, path, random, normalConvolutions))
        drawn.set(name, tensor);
  }
  return new Map(parameterSpecs(network).map(({ name }) => [name, drawn.get(name)!]));
}

interface ConstructedLayer {
  readonly path: string;
  readonly layer: Layer;
  /** False for the classifier of a CNN of which only the convolutions become an encoder. */
  readonly kept: boolean;
}

/** The order in which ClinicaDL makes the layers: a transposed decoder comes after its whole CNN, in encoder order. */
function constructionOrder(network: Network): ConstructedLayer[] {
  if (network.family === "autoencoder" && network.transposedFrom !== undefined)
    return [
      ...leaves(network.encoder, "encoder", true),
      ...leaves(network.transposedFrom.fc, "fc", false),
      ...leaves([...network.decoder].reverse(), "decoder", true),
    ];
  return partsOf(network).flatMap((part) => leaves(part.layers, part.name, true));
}

function leaves(layers: Sequence, prefix: string, kept: boolean): ConstructedLayer[] {
  return layers.flatMap(({ name, layer }) => {
    const path = `${prefix}.${name}`;
    if (layer.kind !== "ResidualBlock") return [{ path, layer, kept }];
    return [...leaves(layer.body, path, kept), ...leaves(layer.shortcut, `${path}.downsample`, kept)];
  });
}

type Drawn = Conv | ConvTranspose | Linear;

function isDrawn(layer: Layer): layer is Drawn {
  return layer.kind === "Conv" || layer.kind === "ConvTranspose" || layer.kind === "Linear";
}

/** 32-bit outputs that the initialisation of a layer uses: one per value. */
function drawCount(layer: Layer, path: string): number {
  if (!isDrawn(layer)) return 0;
  return layerSpecs(layer, path).reduce((total, spec) => total + elementCount(spec.shape), 0);
}

function initialLayer(
  layer: Layer,
  path: string,
  random: RandomGenerator,
  normalConvolutions: boolean,
): [string, Tensor][] {
  return layerSpecs(layer, path).map((spec) => {
    if (!isDrawn(layer)) return [spec.name, constant(spec)];
    if (layer.kind === "Conv" && normalConvolutions) return [spec.name, heNormal(spec.shape, layer, random)];
    const bound = spec.name.endsWith(".weight") ? weightBound(fanIn(layer)) : 1 / Math.sqrt(fanIn(layer));
    return [spec.name, uniform(spec.shape, bound, random)];
  });
}

/** Inputs of one output, as torch counts them: the second axis of the weight, which for ConvTranspose is its outputs. */
function fanIn(layer: Drawn): number {
  switch (layer.kind) {
    case "Conv":
      return (layer.inChannels / layer.groups) * elementCount(layer.kernel);
    case "ConvTranspose":
      return (layer.outChannels / layer.groups) * elementCount(layer.kernel);
    case "Linear":
      return layer.inFeatures;
  }
}

/** torch.nn.init.kaiming_uniform_ with a = sqrt(5) (He et al., 2015), with its order of roundings. */
function weightBound(fan: number): number {
  const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
  return Math.sqrt(3) * (gain / Math.sqrt(fan));
}

/** torch's Tensor.uniform_(-bound, bound) in float32: 24 random bits, then one fused multiply-add. */
function uniform(shape: readonly number[], bound: number, random: RandomGenerator): FloatTensor {
  const data = new Float32Array(elementCount(shape));
  const low = Math.fround(-bound);
  const range = Math.fround(Math.fround(bound) - low);
  for (let index = 0; index < data.length; index++) data[index] = random.uniformFloat() * range + low;
  return { dtype: "float32", shape, data };
}

/** torch.nn.init.kaiming_normal_ with mode fan_out and the gain of ReLU, torchvision's choice for ResNets. */
function heNormal(shape: readonly number[], layer: Conv, random: RandomGenerator): FloatTensor {
  const deviation = Math.sqrt(2 / (layer.outChannels * elementCount(layer.kernel)));
  const data = new Float32Array(elementCount(shape));
  for (let index = 0; index < data.length; index++) data[index] = random.normal() * deviation;
  return { dtype: "float32", shape, data };
}

/** Entries of a norm: scale and running variance 1, the rest 0. */
function constant(spec: ParameterSpec): Tensor {
  const { shape, dtype, name } = spec;
  if (dtype === "int64") return { dtype, shape, data: new BigInt64Array(elementCount(shape)) };
  const value = name.endsWith(".weight") || name.endsWith(".running_var") ? 1 : 0;
  return { dtype: "float32", shape, data: new Float32Array(elementCount(shape)).fill(value) };
}
