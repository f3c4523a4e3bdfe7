/**
 * Shape inference: what every layer makes of its input, with the checks that PyTorch makes when it runs.
 * Shapes are without the batch axis: [channels, ...spatial], or [features] after a Flatten or a Linear.
 */
import { ArchitectureError } from "./architectureError";
import type { CropMaxUnpool, Layer, MaxPool, MaxUnpool, PadMaxPool, PerAxis, Sequence } from "./layer";
import { checkSettings } from "./layerSettings";
import { layerText, shapeText } from "./layerText";
import { type Network, partsOf } from "./network";
import { adaptivePadding, dilatedKernel } from "./padding";
import { countLayerParameters } from "./parameters";
import { elementCount } from "./tensor";

export type Shape = readonly number[];

/** A layer that does not fit its input. `where` is its path ("convolutions.12"). */
export class ShapeError extends ArchitectureError {
  override readonly name = "ShapeError";
  constructor(
    path: string,
    readonly layer: Layer,
    readonly input: Shape,
    problem: string,
    remedy: string,
  ) {
    super(path, `${layerText(layer)} cannot take the input ${shapeText(input)}: ${problem}`, remedy);
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
  /** The layers of a residual block: its body, then its shortcut. */
  readonly nested: readonly TracedLayer[];
}

/**
 * Every layer of `network` in order of execution. An unpool takes the indices of the latest pool that has not been
 * answered yet (last in, first out) and gives back the shape of that pool's input.
 * @throws ShapeError at the first layer that does not fit
 */
export function traceShapes(network: Network): readonly TracedLayer[] {
  const pools: PoolTrace[] = [];
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
  checkSettings(layer, path);
  const refuse = (problem: string, remedy: string): never => {
    throw new ShapeError(path, layer, input, problem, remedy);
  };
  const spatial = (channels?: number) => spatialInput(layer, input, channels, refuse);

  switch (layer.kind) {
    case "Conv": {
      const padded = spatial(layer.inChannels).map((size, axis) => size + 2 * layer.padding[axis]!);
      return [layer.outChannels, ...windows(padded, dilatedKernel(layer), layer.stride, refuse)];
    }
    case "ConvTranspose": {
      const sizes = spatial(layer.inChannels).map(
        (size, axis) =>
          unpooledSize(size, axis, { ...layer, kernel: dilatedKernel(layer) }) + layer.outputPadding[axis]!,
      );
      if (sizes.some((size) => size < 1))
        refuse(`nothing is left of it (${sizes.join("x")}).`, "Use a smaller padding.");
      return [layer.outChannels, ...sizes];
    }
    case "BatchNorm":
    case "GroupNorm":
    case "InstanceNorm":
      spatial(layer.channels);
      return input;
    case "MaxPool":
    case "AvgPool": {
      const padded = spatial().map((size, axis) => size + 2 * layer.padding[axis]!);
      return [input[0]!, ...windows(padded, layer.kernel, layer.stride, refuse)];
    }
    case "PadMaxPool": {
      const padded = paddedSizes(spatial(), layer.stride);
      return [input[0]!, ...windows(padded, layer.kernel, layer.stride, refuse)];
    }
    case "MaxUnpool":
      return [input[0]!, ...spatial().map((size, axis) => unpooledSize(size, axis, layer))];
    case "CropMaxUnpool": {
      const uncropped = { ...layer, padding: layer.stride.map(() => 0) };
      return [input[0]!, ...spatial().map((size, axis) => unpooledSize(size, axis, uncropped))];
    }
    case "AdaptiveAvgPool":
      spatial();
      return [input[0]!, ...layer.outputSize];
    case "Flatten":
      return [elementCount(input)];
    case "Reshape":
      if (elementCount(layer.shape) !== elementCount(input))
        refuse(
          `${elementCount(input)} values do not make ${shapeText(layer.shape)}.`,
          "Give a shape of as many values.",
        );
      return layer.shape;
    case "Linear":
      if (input.length !== 1) refuse("it is not flat.", "Put a Flatten before the first Linear.");
      if (input[0] !== layer.inFeatures)
        refuse(`it expects ${layer.inFeatures} features.`, "Make its in_features that of the layer before.");
      return [layer.outFeatures];
    case "ResidualBlock":
      return traceResidualBlock(layer, input, path).output;
    case "ReLU":
    case "LeakyReLU":
    case "Sigmoid":
    case "Tanh":
    case "ELU":
    case "GELU":
    case "SiLU":
    case "Dropout":
      return input;
  }
}

/**
 * PyTorch refuses to train a norm that sees one value: its variance does not exist.
 * @param batchSize images in the smallest batch of a training, often the last one of an epoch
 * @throws ShapeError at the first norm that would see a single value
 */
export function checkTrainable(network: Network, batchSize: number): void {
  for (const { path, layer, input } of flattenTrace(traceShapes(network))) {
    const refuse = (problem: string, remedy: string): never => {
      throw new ShapeError(path, layer, input, problem, remedy);
    };
    const voxels = elementCount(input.slice(1));
    if (layer.kind === "BatchNorm" && batchSize * voxels === 1)
      refuse(
        "with one image in the batch it would normalise one voxel per channel, whose variance does not exist.",
        "Use batches of at least 2 images, a larger image or patch, or fewer pooling layers.",
      );
    if (layer.kind === "GroupNorm" && (batchSize * layer.channels * voxels) / layer.groups === 1)
      refuse(
        "it would normalise one voxel per group, whose variance does not exist.",
        "Use fewer groups, a larger image or patch, or fewer pooling layers.",
      );
    if (layer.kind === "InstanceNorm" && voxels === 1)
      refuse(
        "it would normalise one voxel per channel, whose variance does not exist.",
        "Use a larger image or patch, or fewer pooling layers.",
      );
  }
}

/** All layers in one list: those inside a residual block, then the block itself. */
export function flattenTrace(trace: readonly TracedLayer[]): TracedLayer[] {
  return trace.flatMap((traced) => [...flattenTrace(traced.nested), traced]);
}

interface PoolTrace {
  readonly path: string;
  readonly layer: MaxPool | PadMaxPool;
  readonly input: Shape;
  readonly output: Shape;
}

function traceSequence(sequence: Sequence, input: Shape, prefix: string, pools: PoolTrace[]): TracedLayer[] {
  const trace: TracedLayer[] = [];
  let current = input;
  for (const { name, layer } of sequence) {
    const traced = traceLayer(layer, current, `${prefix}.${name}`, pools);
    trace.push(traced);
    current = traced.output;
  }
  return trace;
}

function traceLayer(layer: Layer, input: Shape, path: string, pools: PoolTrace[]): TracedLayer {
  const parameters = countLayerParameters(layer);
  switch (layer.kind) {
    case "MaxPool":
    case "PadMaxPool": {
      const output = outputShape(layer, input, path);
      pools.push({ path, layer, input, output });
      const padding =
        layer.kind === "PadMaxPool" ? { padding: adaptivePadding(input.slice(1), layer.stride) } : {};
      return { path, layer, input, output, parameters, ...padding, nested: [] };
    }
    case "MaxUnpool":
    case "CropMaxUnpool":
      return { path, layer, input, parameters, ...answerPool(layer, input, path, pools.pop()), nested: [] };
    case "ResidualBlock":
      return { path, layer, input, parameters, ...traceResidualBlock(layer, input, path) };
    default:
      return { path, layer, input, output: outputShape(layer, input, path), parameters, nested: [] };
  }
}

/** An unpool puts values where its pool had found them, so it must fit that pool, and every index its map. */
function answerPool(
  layer: MaxUnpool | CropMaxUnpool,
  input: Shape,
  path: string,
  pool: PoolTrace | undefined,
): Pick<TracedLayer, "output" | "padding" | "pool"> {
  const refuse = (problem: string, remedy: string): never => {
    throw new ShapeError(path, layer, input, problem, remedy);
  };
  outputShape(layer, input, path);
  if (pool === undefined)
    return refuse(
      "no pool before it is left to answer.",
      "Give every unpool a pool of its own, in reverse order.",
    );
  const answered = layer.kind === "MaxUnpool" ? "MaxPool" : "PadMaxPool";
  if (pool.layer.kind !== answered || !sameWindows(pool.layer, layer))
    return refuse(
      `it answers ${pool.path}, ${layerText(pool.layer)}.`,
      `Answer a ${pool.layer.kind} by its own inverse, with the same kernel, stride and padding.`,
    );
  if (!sameShape(pool.output, input))
    return refuse(
      `the indices of ${pool.path} are those of a map ${shapeText(pool.output)}.`,
      "Bring its input back to the shape that the pool gave.",
    );
  if (layer.kind === "MaxUnpool") return { output: pool.input, pool: pool.path };

  const padded = paddedSizes(pool.input.slice(1), layer.stride);
  const unpooled = input.slice(1).map((size, axis) => (size - 1) * layer.stride[axis]! + layer.kernel[axis]!);
  if (!sameShape(padded, unpooled))
    return refuse(
      `it makes ${unpooled.join("x")}, but the indices of ${pool.path} point into its padded input ${padded.join("x")}.`,
      "Give PadMaxPool a kernel equal to its stride (or a multiple of it).",
    );
  return { output: pool.input, padding: adaptivePadding(pool.input.slice(1), layer.stride), pool: pool.path };
}

function traceResidualBlock(
  layer: Extract<Layer, { kind: "ResidualBlock" }>,
  input: Shape,
  path: string,
): Pick<TracedLayer, "output" | "nested"> {
  const body = traceSequence(layer.body, input, path, []);
  const shortcut = traceSequence(layer.shortcut, input, `${path}.downsample`, []);
  const output = body.at(-1)?.output ?? input;
  const added = shortcut.at(-1)?.output ?? input;
  if (!sameShape(output, added))
    throw new ShapeError(
      path,
      layer,
      input,
      `its body gives ${shapeText(output)} and its shortcut ${shapeText(added)}, which cannot be added.`,
      "Make both of one shape, by the strides and channels of the shortcut.",
    );
  return { output, nested: [...body, ...shortcut] };
}

type Refuse = (problem: string, remedy: string) => never;

/** Spatial axes of the input of a layer that needs as many as its dimensions, and `channels` channels if given. */
function spatialInput(layer: Layer, input: Shape, channels: number | undefined, refuse: Refuse): PerAxis {
  const [inChannels, ...spatial] = input;
  const dimensions = "dimensions" in layer ? layer.dimensions : spatial.length;
  if (spatial.length !== dimensions)
    refuse(
      `it needs channels and ${dimensions} spatial axes.`,
      spatial.length === 0
        ? "Put it before the Flatten."
        : `Use ${spatial.length}D layers for a ${spatial.length}D image.`,
    );
  if (channels !== undefined && inChannels !== channels)
    refuse(`it expects ${channels} channels.`, "Make its channels those of the layer before.");
  return spatial;
}

/** Number of windows on each axis: floor((size - kernel) / stride) + 1. */
function windows(padded: PerAxis, kernel: PerAxis, stride: PerAxis, refuse: Refuse): number[] {
  if (padded.some((size, axis) => size < kernel[axis]!))
    refuse(
      `the network is too deep for its input, a kernel of ${kernel.join("x")} does not fit ${padded.join("x")}.`,
      "Use a larger image or patch, or fewer pooling layers and strides.",
    );
  return padded.map((size, axis) => Math.floor((size - kernel[axis]!) / stride[axis]!) + 1);
}

function unpooledSize(
  size: number,
  axis: number,
  layer: { readonly kernel: PerAxis; readonly stride: PerAxis; readonly padding: PerAxis },
): number {
  return (size - 1) * layer.stride[axis]! - 2 * layer.padding[axis]! + layer.kernel[axis]!;
}

function paddedSizes(spatial: PerAxis, stride: PerAxis): number[] {
  const padding = adaptivePadding(spatial, stride);
  return spatial.map((size, axis) => size + padding[axis]!);
}

function sameWindows(pool: MaxPool | PadMaxPool, unpool: MaxUnpool | CropMaxUnpool): boolean {
  return (
    sameShape(pool.kernel, unpool.kernel) &&
    sameShape(pool.stride, unpool.stride) &&
    sameShape("padding" in pool ? pool.padding : [], "padding" in unpool ? unpool.padding : [])
  );
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
