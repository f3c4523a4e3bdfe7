import type { Layer, Sequence } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import type { Value } from "../graph/graphBuilder";
import { type ConvolutionAndNorm, normalisedConvolution, type Placed } from "./normalisedConvolution";
import { type PooledBlock, pooledBlock } from "./pooledBlock";

/** Layers that are compiled together, into fewer or cheaper operators. */
export interface Block {
  /** Number of layers. */
  readonly length: number;
  compile(input: Value, compilation: Compilation): Step;
}

/**
 * The longest block that begins at `position` of the sequence `layers`, whose names begin with `prefix`. In the plain
 * formulation it is only what the numbers need: a convolution before a batch norm trains without its bias, whose rounding
 * errors Adam would turn into steps.
 */
export function blockAt(
  layers: Sequence,
  position: number,
  prefix: string,
  { formulation, mode }: Pick<Compilation, "formulation" | "mode">,
): Block | undefined {
  const placed = layers
    .slice(position, position + 4)
    .map(({ name, layer }) => ({ layer, path: `${prefix}.${name}` }));
  const pair = convolutionAndNorm(placed);
  if (pair === undefined || (formulation === "plain" && mode === "evaluation")) return undefined;
  const pooled = formulation === "fast" ? withPool(pair, placed) : undefined;
  return pooled === undefined
    ? { length: 2, compile: (input, compilation) => normalisedConvolution(pair, input, compilation) }
    : { length: 4, compile: (input, compilation) => pooledBlock(pooled, input, compilation) };
}

function convolutionAndNorm([first, second]: readonly Placed<Layer>[]): ConvolutionAndNorm | undefined {
  if (first?.layer.kind !== "Conv" && first?.layer.kind !== "ConvTranspose") return undefined;
  if (second?.layer.kind !== "BatchNorm") return undefined;
  return {
    convolution: { path: first.path, layer: first.layer },
    norm: { path: second.path, layer: second.layer },
  };
}

function withPool(
  pair: ConvolutionAndNorm,
  [, , third, fourth]: readonly Placed<Layer>[],
): PooledBlock | undefined {
  if (third === undefined || fourth === undefined) return undefined;
  const { layer: activation } = third;
  const { layer: pool } = fourth;
  const rises =
    activation.kind === "ReLU" || (activation.kind === "LeakyReLU" && activation.negativeSlope > 0);
  if (!rises) return undefined;
  // Each window has places of its own, and one that is not padding.
  const suits =
    (pool.kind === "PadMaxPool" && pool.kernel.every((size, axis) => size === pool.stride[axis])) ||
    (pool.kind === "MaxPool" && pool.kernel.every((size, axis) => size <= pool.stride[axis]!));
  if (!suits) return undefined;
  return {
    ...pair,
    activation: { path: third.path, layer: activation },
    pool: { path: fourth.path, layer: pool },
  };
}
