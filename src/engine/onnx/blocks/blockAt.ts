import type { Layer, Sequence } from "../../../network/layer";
import type { BatchNorm } from "../../../network/layers/batchNorm";
import type { Conv } from "../../../network/layers/conv";
import type { ConvTranspose } from "../../../network/layers/convTranspose";
import type { Compilation } from "../compilation";
import type { Placed } from "../layerContext";
import type { Block, ConvolutionAndNorm, PooledBlock } from "./block";
import { normalisedConvolution } from "./normalisedConvolution";
import { pooledBlock } from "./pooledBlock";

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
  const [first, second, ...others] = layers
    .slice(position, position + 4)
    .map(({ name, layer }) => ({ layer, path: `${prefix}.${name}` }));
  const convolution = first && asConvolution(first);
  if (convolution === undefined || second === undefined) return undefined;
  const norm = asNorm(second);
  if (formulation === "plain") {
    return norm === undefined || mode === "evaluation" ? undefined : normalised({ convolution, norm });
  }
  const pooled = activationAndPool(norm === undefined ? [second, ...others] : others);
  if (pooled === undefined) return norm && normalised({ convolution, norm });
  return {
    length: norm === undefined ? 3 : 4,
    compile: (...given) => pooledBlock({ convolution, norm, ...pooled }, ...given),
  };
}

const normalised = (pair: ConvolutionAndNorm): Block => ({
  length: 2,
  compile: (...given) => normalisedConvolution(pair, ...given),
});

function asConvolution({ layer, path }: Placed<Layer>): Placed<Conv | ConvTranspose> | undefined {
  return layer.kind === "Conv" || layer.kind === "ConvTranspose" ? { layer, path } : undefined;
}

function asNorm({ layer, path }: Placed<Layer>): Placed<BatchNorm> | undefined {
  return layer.kind === "BatchNorm" ? { layer, path } : undefined;
}

/**
 * An activation that rises, no steeper below 0 than above it (EarlyPool.slope takes the larger of both slopes), and a pool
 * each window of which has places of its own, and one that is not padding.
 */
function activationAndPool([first, second]: readonly Placed<Layer>[]):
  | Pick<PooledBlock, "activation" | "pool">
  | undefined {
  if (first === undefined || second === undefined) return undefined;
  const { layer: activation } = first;
  const { layer: pool } = second;
  const rises =
    activation.kind === "ReLU" ||
    (activation.kind === "LeakyReLU" && activation.negativeSlope > 0 && activation.negativeSlope <= 1);
  if (!rises) return undefined;
  const suits =
    (pool.kind === "PadMaxPool" && pool.kernel.every((size, axis) => size === pool.stride[axis])) ||
    (pool.kind === "MaxPool" && pool.kernel.every((size, axis) => size <= pool.stride[axis]!));
  if (!suits) return undefined;
  return {
    activation: { path: first.path, layer: activation },
    pool: { path: second.path, layer: pool },
  };
}
