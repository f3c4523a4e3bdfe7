/**
 * The weights that a network starts from: PyTorch's defaults, bit for bit those that ClinicaDL gets when it builds the
 * same network after `torch.manual_seed(seed)`.
 */
import type { InitialValues, OwnParameter } from "../definition/ownParameters";
import type { Layer, Sequence } from "../layer";
import { leaves, ownParameters } from "../leaves";
import { type Network, partsOf } from "../network";
import { parameterSpecs } from "./parameters";
import { RandomGenerator } from "./random";
import { elementCount, type StateDict, type Tensor } from "./tensor";

/**
 * Initial parameters and buffers of `network`, in the order of its state dict. Convolutions and linear layers are
 * uniform (torch's reset_parameters); norms are the identity, with running mean 0 and variance 1. The convolutions
 * of resnet18 are normal, as torchvision's; their values are Gyrus's own, because ClinicaDL overwrites them by ImageNet's.
 */
export function initialState(network: Network, seed: number): StateDict {
  const random = new RandomGenerator(seed);
  const drawn = new Map<string, Tensor>();
  const residual = network.architecture === "resnet18";
  for (const { path, layer, kept } of constructionOrder(network)) {
    for (const parameter of ownParameters(layer)) {
      if (kept) drawn.set(`${path}.${parameter.name}`, initialTensor(parameter, residual, random));
      else if (parameter.initial.kind === "uniform") random.skip(elementCount(parameter.shape));
    }
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
      ...constructed(network.encoder, "encoder", true),
      ...constructed(network.transposedFrom.fc, "fc", false),
      ...constructed([...network.decoder].reverse(), "decoder", true),
    ];
  return partsOf(network).flatMap((part) => constructed(part.layers, part.name, true));
}

function constructed(layers: Sequence, prefix: string, kept: boolean): ConstructedLayer[] {
  return layers.flatMap(({ name, layer }) =>
    leaves(layer, `${prefix}.${name}`).map((leaf) => ({ ...leaf, kept })),
  );
}

function initialTensor(parameter: OwnParameter, residual: boolean, random: RandomGenerator): Tensor {
  const { initial, shape, dtype } = parameter;
  if (dtype === "int64") return { dtype, shape, data: new BigInt64Array(elementCount(shape)) };
  return { dtype, shape, data: initialValues(initial, elementCount(shape), residual, random) };
}

function initialValues(
  initial: InitialValues,
  count: number,
  residual: boolean,
  random: RandomGenerator,
): Float32Array {
  if (initial.kind === "constant") return new Float32Array(count).fill(initial.value);
  if (residual && initial.fanOut !== undefined) return heNormal(count, initial.fanOut, random);
  return uniform(count, initial.bound, random);
}

/** torch's Tensor.uniform_(-bound, bound) in float32: 24 random bits, then one fused multiply-add. */
function uniform(count: number, bound: number, random: RandomGenerator): Float32Array {
  const data = new Float32Array(count);
  const low = Math.fround(-bound);
  const range = Math.fround(Math.fround(bound) - low);
  for (let index = 0; index < count; index++) data[index] = random.uniformFloat() * range + low;
  return data;
}

/** torch.nn.init.kaiming_normal_ with mode fan_out and the gain of ReLU, torchvision's choice for ResNets. */
function heNormal(count: number, fanOut: number, random: RandomGenerator): Float32Array {
  const deviation = Math.sqrt(2 / fanOut);
  const data = new Float32Array(count);
  for (let index = 0; index < count; index++) data[index] = random.normal() * deviation;
  return data;
}
