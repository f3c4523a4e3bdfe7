/**
 * Shape inference: what every layer makes of its input, with the checks that PyTorch makes when it runs.
 * Shapes are without the batch axis: [channels, ...spatial], or [features] after a Flatten or a Linear.
 */
import { ArchitectureError } from "../architectureError";
import { joinedShape } from "../definition/joining";
import type { AnsweredPool, BranchedDefinition, Join, LayerInput } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { SettingChecks } from "../definition/settingChecks";
import { layerText } from "../drawing/layerText";
import { definitionOf, type Layer, type Sequence } from "../layer";
import { branchPath } from "../leaves";
import { type Network, partsOf } from "../network";
import { type Sentence, sentence } from "../sentence";
import { countLayerParameters } from "../weights/parameters";
import { type PerAxis, type Shape, shapeText } from "./axes";

/** A layer that does not fit its input. `where` is its path ("convolutions.12"). */
export class ShapeError extends ArchitectureError {
  override readonly name = "ShapeError";
  constructor(
    path: string,
    readonly layer: Layer,
    readonly input: Shape,
    problem: Sentence,
    remedy: Sentence,
  ) {
    super(path, sentence`${layerText(layer)} cannot take the input ${shapeText(input)}: ${problem}`, remedy);
  }
}

/** A layer of a network, where it stands, and what it does to its input. */
export interface TracedLayer {
  /** Prefix of its parameters: "convolutions.3", "convolutions.4.0.conv1". */
  readonly path: string;
  readonly layer: Layer;
  readonly input: Shape;
  readonly output: Shape;
  /** Trainable values, those of nested layers included. */
  readonly parameters: number;
  /** PadMaxPool: zeros put before each axis. CropMaxUnpool: planes dropped at the beginning of each axis. */
  readonly padding?: PerAxis;
  /** MaxUnpool and CropMaxUnpool: path of the pool whose indices (and padding) it takes. */
  readonly pool?: string;
  /** A layer of branches: how their ends become its output. */
  readonly join?: Join;
  /** A layer of branches: those of the branches that hold any, in the order of the state dict. */
  readonly nested: readonly TracedLayer[];
  /** A nested layer: the name of its branch. */
  readonly branch?: string;
}

/**
 * Every layer of `network` in order of execution. An unpool takes the indices of the latest pool that has not been
 * answered yet (last in, first out) and gives back the shape of that pool's input.
 * @throws ShapeError at the first layer that does not fit
 */
export function traceShapes(network: Network): readonly TracedLayer[] {
  const pools: AnsweredPool[] = [];
  const trace: TracedLayer[] = [];
  let input: Shape = network.inputSize;
  for (const part of partsOf(network)) {
    const traced = traceSequence(part.layers, input, part.name, pools);
    trace.push(...traced);
    input = traced.at(-1)?.output ?? input;
  }
  return trace;
}

/** Shape that `sequence` makes of `input`. @throws ShapeError at the first layer that does not fit */
export function sequenceShape(sequence: Sequence, input: Shape, prefix: string): Shape {
  return traceSequence(sequence, input, prefix, []).at(-1)?.output ?? input;
}

/**
 * Shape that one layer makes of `input`. An unpool by itself knows no pool: it gives PyTorch's default size
 * (n - 1) * stride - 2 * padding + kernel, uncropped.
 * @throws ShapeError when the layer does not fit its input
 */
export function outputShape(layer: Layer, input: Shape, path: string = layer.kind): Shape {
  const definition = definitionOf(layer);
  definition.checkSettings(layer, new SettingChecks(path));
  if (definition.branches !== undefined) return traceBranches(layer, input, path, definition).output;
  return definition.outputShape(layer, inputOf(layer, input, path));
}

/**
 * PyTorch refuses to train a norm that sees one value: its variance does not exist.
 * @param batchSize images in the smallest batch of a training, often the last one of an epoch
 * @throws ShapeError at the first norm that would see a single value
 */
export function checkTrainable(network: Network, batchSize: number): void {
  for (const { path, layer, input } of flattenTrace(traceShapes(network))) {
    const definition = definitionOf(layer);
    if (definition.category !== "normalisation") continue;
    definition.checkTrainable(layer, inputOf(layer, input, path), batchSize);
  }
}

/** All layers in one list: those inside the branches of a layer, then the layer itself. */
export function flattenTrace(trace: readonly TracedLayer[]): TracedLayer[] {
  return trace.flatMap((traced) => [...flattenTrace(traced.nested), traced]);
}

function inputOf(layer: Layer, shape: Shape, path: string): LayerInput {
  return {
    shape,
    refuse(problem, remedy) {
      throw new ShapeError(path, layer, shape, problem, remedy);
    },
  };
}

function traceSequence(
  sequence: Sequence,
  input: Shape,
  prefix: string,
  pools: AnsweredPool[],
): TracedLayer[] {
  const trace: TracedLayer[] = [];
  let current = input;
  for (const { name, layer } of sequence) {
    const traced = traceLayer(layer, current, `${prefix}.${name}`, pools);
    trace.push(traced);
    current = traced.output;
  }
  return trace;
}

function traceLayer(layer: Layer, input: Shape, path: string, pools: AnsweredPool[]): TracedLayer {
  const parameters = countLayerParameters(layer);
  const definition = definitionOf(layer);
  if (definition.branches !== undefined)
    return { path, layer, input, parameters, ...traceBranches(layer, input, path, definition) };

  const output = outputShape(layer, input, path);
  const traced = { path, layer, input, output, parameters, nested: [] };
  const remembered = definition.remembers?.(layer, input);
  if (remembered !== undefined) {
    pools.push({ ...remembered, kind: layer.kind, text: layerText(layer), path, input, output });
    return { ...traced, ...paddingOf(remembered) };
  }
  if (definition.answer === undefined) return traced;
  const pool = pools.pop();
  const reached = inputOf(layer, input, path);
  if (pool === undefined)
    return reached.refuse(
      sentence`no pool before it is left to answer.`,
      sentence`Give every unpool a pool of its own, in reverse order.`,
    );
  const answer = definition.answer(layer, reached, pool);
  return { ...traced, output: answer.output, ...paddingOf(answer), pool: pool.path };
}

function paddingOf({ before }: { readonly before?: PerAxis }): Pick<TracedLayer, "padding"> {
  return before === undefined ? {} : { padding: before };
}

/** Each branch from the same input; pools inside a branch are answered inside it, or not at all. */
function traceBranches(
  layer: Layer,
  input: Shape,
  path: string,
  {
    branches,
    join,
  }: Pick<BranchedDefinition<Layer, Layer, LayerOptions | undefined, Layer>, "branches" | "join">,
): Pick<TracedLayer, "output" | "join" | "nested"> {
  const traced = branches(layer).map((branch) => ({
    name: branch.name,
    trace: traceSequence(branch.layers, input, branchPath(path, branch), []),
  }));
  const ends = traced.map(({ name, trace }) => ({ name, shape: trace.at(-1)?.output ?? input }));
  return {
    output: joinedShape(join, ends, inputOf(layer, input, path)),
    join,
    nested: traced.flatMap(({ name, trace }) => trace.map((inner) => ({ ...inner, branch: name }))),
  };
}
