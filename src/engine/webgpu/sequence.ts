/** Layers one after the other on a tape. */
import type { NamedLayer, Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import { chain, type Link } from "../passes";
import { type Block, blockAt } from "./blocks/blockAt";
import { addition } from "./kernels/addition";
import { recordLayer } from "./layers";
import type { Pass, Step } from "./pass";
import type { Value } from "./tape/value";

/** A network on the tape, and what comes out of its parts. */
export interface NetworkStep extends Step {
  /** By its name (`Part.output`). */
  readonly outputs: ReadonlyMap<string, Value>;
  /** @param inner gradients of the loss by inner outputs that it reads, by their names */
  backward(outputGradient: Value, inner?: ReadonlyMap<string, Value>): () => Value;
}

/** The whole network from `input` [N, ...inputSize]. */
export function recordNetwork(network: Network, input: Value, pass: Pass): NetworkStep {
  const parts = partsOf(network);
  const { steps, output, backward } = chain(
    parts.map(({ name, layers }) => ({
      learns: pass.learns(name),
      compile: (value: Value) => recordSequence(layers, name, value, pass),
    })),
    input,
    (a, b) => addition(pass.tape, a, b),
  );
  return {
    output,
    outputs: new Map(parts.map((part, place) => [part.output, steps[place]!.output])),
    backward: (outputGradient, inner) =>
      backward(outputGradient, (place) => inner?.get(parts[place]!.output)),
  };
}

export function recordSequence(layers: Sequence, prefix: string, input: Value, pass: Pass): Step {
  const links: Link<Value>[] = [];
  for (let position = 0; position < layers.length; ) {
    const { length, record } =
      blockAt(layers, position, prefix, pass, recordSequence) ?? singleLayer(layers[position]!, prefix, pass);
    const members = layers.slice(position, position + length);
    links.push({ learns: members.some(({ name }) => pass.learns(`${prefix}.${name}`)), compile: record });
    position += length;
  }
  return chain(links, input, (a, b) => addition(pass.tape, a, b));
}

const singleLayer = ({ name, layer }: NamedLayer, prefix: string, pass: Pass): Block => ({
  length: 1,
  record: (input) =>
    recordLayer(layer.kind, { layer, path: `${prefix}.${name}`, input, pass, recordSequence }),
});
