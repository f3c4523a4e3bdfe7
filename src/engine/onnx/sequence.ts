/** Layers one after the other: the forward pass in their order, the backward pass in reverse, as far as something learns. */
import type { NamedLayer, Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import type { Block } from "./blocks/block";
import { blockAt } from "./blocks/blockAt";
import type { Compilation, Step } from "./compilation";
import type { Value } from "./graph/graphBuilder";
import { compileLayer } from "./layers";

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
    compile: (input, compilation) =>
      compileLayer(layer.kind, { layer, path: `${prefix}.${name}`, input, compilation, compileSequence }),
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
