/**
 * The network as a drawing needs it: its layers with what is written beside them, in blocks, and repeated blocks in
 * groups that can be shown as one. Data only; the views draw it.
 */

import type { DiagramAttribute } from "../definition/attributes";
import type { Category, Join } from "../definition/layerDefinition";
import type { ReceptiveField } from "../definition/receptiveFields";
import { definitionOf, type Layer, type LayerKind } from "../layer";
import { type Network, partsOf } from "../network";
import type { PerAxis, Shape } from "../shapes/axes";
import { receptiveFields } from "../shapes/receptiveField";
import { type TracedLayer, traceShapes } from "../shapes/shape";
import { type Tie, transpositionOf } from "../transpose";
import { elementCount } from "../weights/tensor";
import { layerText } from "./layerText";

export interface Diagram {
  readonly architecture: string;
  readonly family: Network["family"];
  readonly inputSize: Shape;
  readonly outputSize: Shape;
  readonly parameters: number;
  /** convolutions and fc, or encoder and decoder. */
  readonly parts: readonly DiagramPart[];
  /** For an autoencoder by transposition: how its two sides belong together. */
  readonly transposition?: DiagramTransposition;
}

export interface DiagramPart {
  readonly name: string;
  readonly groups: readonly DiagramGroup[];
}

/** Consecutive blocks of the same layers with the same settings; only channels and sizes differ. */
export interface DiagramGroup {
  /** "Conv, BatchNorm, ReLU, PadMaxPool" */
  readonly label: string;
  readonly blocks: readonly DiagramBlock[];
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
}

export interface DiagramBlock {
  readonly nodes: readonly DiagramNode[];
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
}

export interface DiagramNode {
  readonly path: string;
  readonly kind: LayerKind;
  /** The layer in one line, as PyTorch prints it. */
  readonly label: string;
  readonly attributes: readonly DiagramAttribute[];
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
  /** Null: each value sees the whole input. */
  readonly receptiveField: ReceptiveField;
  /** PadMaxPool: the zeros before each axis, and how many voxels they add to each channel. */
  readonly padding?: { readonly before: PerAxis; readonly voxels: number };
  /** What it does, for its colour. */
  readonly category: Category;
  /** Absent in a layer that stands alone. */
  readonly fork?: DiagramFork;
}

/** The branches of a layer, from its input to where they are joined. */
export interface DiagramFork {
  /** Layers of each branch, in the order of the state dict; without any: the input as it is. */
  readonly branches: readonly (readonly DiagramNode[])[];
  readonly join: Join;
  /** Name of a layer that follows the join and has none in the state dict. */
  readonly after?: string;
}

export interface DiagramTransposition {
  /** Layers that stand face to face: the decoder mirrors the encoder position by position. */
  readonly rows: readonly { readonly encoder: string; readonly decoder: string }[];
  /** One per layer of the decoder: the layer that it came from and by which rule. */
  readonly ties: readonly Tie[];
  /** Pairs of the decoder that have changed places. */
  readonly exchanges: readonly { readonly convolution: string; readonly activation: string }[];
  /** What travels from a pool to the unpool that answers it: indices always, padding from a PadMaxPool. */
  readonly travels: readonly { readonly pool: string; readonly unpool: string; readonly padding?: PerAxis }[];
}

/** @throws ShapeError when the network does not fit its input */
export function diagramOf(network: Network): Diagram {
  const trace = traceShapes(network);
  const fields = receptiveFields(trace);
  const nodes = trace.map((traced) => nodeOf(traced, fields));
  const transposition = network.family === "autoencoder" ? transpositionOf(network) : undefined;
  return {
    architecture: network.architecture,
    family: network.family,
    inputSize: network.inputSize,
    outputSize: trace.at(-1)?.output ?? network.inputSize,
    parameters: totalParameters(nodes),
    parts: partsOf(network).map(({ name }) => ({
      name,
      groups: groupsOf(blocksOf(nodes.filter(({ path }) => path.startsWith(`${name}.`)))),
    })),
    ...(transposition === undefined ? {} : { transposition: pairing(transposition.ties, trace) }),
  };
}

function nodeOf(traced: TracedLayer, fields: ReadonlyMap<string, ReceptiveField>): DiagramNode {
  const { path, layer, input, output, parameters } = traced;
  const definition = definitionOf(layer);
  return {
    path,
    kind: layer.kind,
    category: definition.category,
    label: layerText(layer),
    attributes: definition.attributes(layer),
    input,
    output,
    parameters,
    receptiveField: fields.get(path) ?? null,
    ...(isPool(layer) && traced.padding !== undefined
      ? { padding: { before: traced.padding, voxels: addedVoxels(input.slice(1), traced.padding) } }
      : {}),
    ...forkOf(traced, fields),
  };
}

function forkOf(
  { layer, nested }: TracedLayer,
  fields: ReadonlyMap<string, ReceptiveField>,
): { readonly fork?: DiagramFork } {
  const definition = definitionOf(layer);
  if (definition.branches === undefined) return {};
  const { join, after } = definition;
  const branches = definition
    .branches(layer)
    .map(({ name }) => nested.filter(({ branch }) => branch === name).map((inner) => nodeOf(inner, fields)));
  return { fork: { branches, join, ...(after === undefined ? {} : { after }) } };
}

/** A pool whose indices an unpool can take. */
function isPool(layer: Pick<Layer, "kind">): boolean {
  const definition = definitionOf(layer);
  return definition.branches === undefined && definition.remembers !== undefined;
}

function isUnpool(layer: Pick<Layer, "kind">): boolean {
  const definition = definitionOf(layer);
  return definition.branches === undefined && definition.answer !== undefined;
}

function addedVoxels(spatial: PerAxis, padding: PerAxis): number {
  return elementCount(spatial.map((size, axis) => size + padding[axis]!)) - elementCount(spatial);
}

/** A block begins at a layer that makes new features, or at an unpool, whose convolution then follows in the same block. */
function blocksOf(nodes: readonly DiagramNode[]): DiagramBlock[] {
  const blocks: DiagramNode[][] = [];
  for (const node of nodes) {
    const current = blocks.at(-1);
    if (current === undefined || opensBlock(node, current)) blocks.push([node]);
    else current.push(node);
  }
  return blocks.map((members) => ({ nodes: members, ...extentOf(members) }));
}

function opensBlock(node: DiagramNode, current: readonly DiagramNode[]): boolean {
  const { opensBlock: opens } = definitionOf(node);
  if (opens !== "unless awaited") return opens === "always";
  const unpooled = current[0] !== undefined && isUnpool(current[0]);
  return !unpooled || current.some(({ kind }) => kind === node.kind);
}

function groupsOf(blocks: readonly DiagramBlock[]): DiagramGroup[] {
  const groups: DiagramBlock[][] = [];
  for (const block of blocks) {
    const current = groups.at(-1);
    if (current !== undefined && patternOf(current[0]!) === patternOf(block)) current.push(block);
    else groups.push([block]);
  }
  return groups.map((members) => ({
    label: members[0]!.nodes.map(({ kind }) => kind).join(", "),
    blocks: members,
    ...extentOf(members),
  }));
}

/** Kinds and settings of a block without its channels and features, by which blocks of one group may differ. */
function patternOf({ nodes }: DiagramBlock): string {
  return JSON.stringify(
    nodes.map(({ kind, attributes, fork }) => [
      kind,
      attributes.filter(({ varies }) => !varies),
      fork?.branches.flat().map((node) => [node.kind, node.attributes.filter(({ varies }) => !varies)]),
    ]),
  );
}

interface Extent {
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
}

function extentOf(members: readonly Extent[]): Extent {
  return {
    input: members[0]!.input,
    output: members.at(-1)!.output,
    parameters: totalParameters(members),
  };
}

function totalParameters(members: readonly { readonly parameters: number }[]): number {
  return members.reduce((total, { parameters }) => total + parameters, 0);
}

function pairing(ties: readonly Tie[], trace: readonly TracedLayer[]): DiagramTransposition {
  const decoder = ties.map((tie) => tie.decoder).toReversed();
  const encoder = trace.filter(({ path }) => path.startsWith("encoder."));
  const convolutions = new Set(
    trace
      .filter(({ layer }) => definitionOf(layer).decoding.exchanges === "convolution")
      .map(({ path }) => path),
  );
  const padding = new Map(trace.map((traced) => [traced.path, traced.padding]));
  return {
    rows: encoder.map(({ path }, position) => ({ encoder: path, decoder: decoder[position]! })),
    ties,
    exchanges: ties.flatMap(({ decoder: convolution, exchangedWith }) =>
      convolutions.has(convolution) && exchangedWith !== undefined
        ? [{ convolution, activation: exchangedWith }]
        : [],
    ),
    travels: ties.flatMap(({ decoder: unpool, pool }) => {
      if (pool === undefined) return [];
      const before = padding.get(pool);
      return [{ pool, unpool, ...(before === undefined ? {} : { padding: before }) }];
    }),
  };
}
