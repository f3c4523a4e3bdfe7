/** Layers one after the other: the forward pass in their order, the backward pass in reverse, as far as something learns. */
import type { NamedLayer, Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import { chain, type Link } from "../passes";
import type { Block } from "./blocks/block";
import { blockAt } from "./blocks/blockAt";
import type { Compilation, Step } from "./compilation";
import { add } from "./graph/arithmetic";
import type { Value } from "./graph/graphBuilder";
import { compileLayer } from "./layers";

/** A network in the graph, and what comes out of its parts. */
export interface NetworkStep extends Step {
  /** By its name (`Part.output`). */
  readonly outputs: ReadonlyMap<string, Value>;
  /** @param inner gradients of the loss by inner outputs that it reads, by their names */
  backward(outputGradient: Value, inner?: ReadonlyMap<string, Value>): () => Value;
}

/** The whole network from `input` [N, ...inputSize]. */
export function compileNetwork(network: Network, input: Value, compilation: Compilation): NetworkStep {
  const parts = partsOf(network);
  const { steps, output, backward } = chain(
    parts.map(({ name, layers }) => ({
      learns: compilation.learns(name),
      compile: (value: Value) => compileSequence(layers, name, value, compilation),
    })),
    input,
    add,
  );
  return {
    output,
    outputs: new Map(parts.map((part, place) => [part.output, steps[place]!.output])),
    backward: (outputGradient, inner) =>
      backward(outputGradient, (place) => inner?.get(parts[place]!.output)),
  };
}

export function compileSequence(
  layers: Sequence,
  prefix: string,
  input: Value,
  compilation: Compilation,
): Step {
  const links: Link<Value>[] = [];
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
  return chain(links, input, add);
}

function singleLayer({ name, layer }: NamedLayer, prefix: string): Block {
  return {
    length: 1,
    compile: (input, compilation) =>
      compileLayer(layer.kind, { layer, path: `${prefix}.${name}`, input, compilation, compileSequence }),
  };
}
