/** Layers one after the other: the forward pass in their order, the backward pass in reverse, as far as something learns. */
import type { Layer, NamedLayer, Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import { elementCount } from "../../network/tensor";
import { type Block, blockAt } from "./blocks/blockAt";
import type { Compilation, Step } from "./compilation";
import type { Value } from "./graph/graphBuilder";
import { adaptiveAvgPool } from "./layers/adaptiveAvgPool";
import { batchNorm } from "./layers/batchNorm";
import { convolution } from "./layers/convolution";
import { dropout } from "./layers/dropout";
import { leakyRelu } from "./layers/leakyRelu";
import { linear } from "./layers/linear";
import { maxPool } from "./layers/maxPool";
import { padMaxPool } from "./layers/padMaxPool";
import { relu } from "./layers/relu";
import { reshape } from "./layers/reshape";
import { residualBlock } from "./layers/residualBlock";
import { sigmoid } from "./layers/sigmoid";
import { tanh } from "./layers/tanh";
import { unpool } from "./layers/unpool";

/** The whole network from `input` [N, ...inputSize]. */
export function compileNetwork(network: Network, input: Value, compilation: Compilation): Step {
  const parts = partsOf(network).map(({ name, layers }) => ({
    learns: compilation.learns(name),
    compile: (value: Value) => compileSequence(layers, name, value, compilation),
  }));
  return chain(parts, input);
}

export function compileSequence(
  layers: Sequence,
  prefix: string,
  input: Value,
  compilation: Compilation,
): Step {
  const links: Link[] = [];
  for (let position = 0; position < layers.length; ) {
    const { length, compile } =
      blockAt(layers, position, prefix, compilation) ?? singleLayer(layers[position]!, prefix);
    const members = layers.slice(position, position + length);
    links.push({
      learns: members.some(({ name }) => compilation.learns(`${prefix}.${name}`)),
      compile: (value) => compile(value, compilation),
    });
    position += length;
  }
  return chain(links, input);
}

function singleLayer({ name, layer }: NamedLayer, prefix: string): Block {
  return {
    length: 1,
    compile: (input, compilation) => compileLayer(layer, `${prefix}.${name}`, input, compilation),
  };
}

interface Link {
  /** Whether anything in it needs a gradient. */
  readonly learns: boolean;
  compile(input: Value): Step;
}

function chain(links: readonly Link[], input: Value): Step {
  const steps: Step[] = [];
  for (const { compile } of links) steps.push(compile(steps.at(-1)?.output ?? input));
  const firstThatLearns = links.findIndex(({ learns }) => learns);
  const learning = firstThatLearns === -1 ? [] : steps.slice(firstThatLearns);
  const before = firstThatLearns === -1 ? steps : steps.slice(0, firstThatLearns);
  return {
    output: steps.at(-1)?.output ?? input,
    backward(outputGradient) {
      const inputGradient = passBack(learning, () => outputGradient);
      return () => passBack(before, inputGradient)();
    },
  };
}

function passBack(steps: readonly Step[], outputGradient: () => Value): () => Value {
  return steps.reduceRight((gradient, step) => step.backward(gradient()), outputGradient);
}

function compileLayer(layer: Layer, path: string, input: Value, compilation: Compilation): Step {
  switch (layer.kind) {
    case "Conv":
    case "ConvTranspose":
      return convolution(layer, path, input, compilation);
    case "BatchNorm":
      return batchNorm(layer, path, input, compilation);
    case "ReLU":
      return relu(input, compilation);
    case "LeakyReLU":
      return leakyRelu(layer, input);
    case "Sigmoid":
      return sigmoid(input);
    case "Tanh":
      return tanh(input);
    case "Dropout":
      return dropout(layer, path, input, compilation);
    case "MaxPool":
      return maxPool(layer, path, input, compilation);
    case "PadMaxPool":
      return padMaxPool(layer, path, input, compilation);
    case "MaxUnpool":
    case "CropMaxUnpool":
      return unpool(path, input, compilation);
    case "Flatten":
      return reshape([elementCount(input.shape.slice(1))], input);
    case "Reshape":
      return reshape(layer.shape, input);
    case "Linear":
      return linear(layer, path, input, compilation);
    case "AdaptiveAvgPool":
      return adaptiveAvgPool(layer, input);
    case "ResidualBlock":
      return residualBlock(layer, path, input, compilation, compileSequence);
  }
}
