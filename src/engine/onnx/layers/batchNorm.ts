import type { BatchNorm } from "../../../network/layer";
import { elementCount } from "../../../network/tensor";
import type { Compilation, Step } from "../compilation";
import { add, mul, reciprocal, square, squareRoot, sub } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { channelMean, channelSum } from "../graph/reduction";

/** Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics. */
export function batchNorm(layer: BatchNorm, path: string, input: Value, compilation: Compilation): Step {
  return compilation.mode === "training"
    ? normaliseByBatch(layer, path, input, compilation)
    : normaliseByRunningStatistics(layer, path, input, compilation);
}

/**
 * With M values per channel, x^ = (x - mean) / sqrt(var + eps), y = gamma x^ + beta (var: divided by M):
 * dbeta = sum dy;  dgamma = sum dy x^;  dx = gamma / sqrt(var + eps) * (dy - dbeta / M - x^ dgamma / M).
 */
function normaliseByBatch(layer: BatchNorm, path: string, input: Value, compilation: Compilation): Step {
  const { gamma, beta } = affineParameters(layer, path, input, compilation);
  const mean = channelMean(input);
  const centered = sub(input, mean);
  const variance = channelMean(square(centered));
  const inverseDeviation = reciprocal(squareRoot(add(variance, layer.epsilon)));
  const normalised = mul(centered, inverseDeviation);
  const count = elementCount(input.shape) / layer.channels;
  updateRunningStatistics(layer, path, { mean, variance, count }, compilation);
  return {
    output: add(mul(normalised, gamma), beta),
    backward(gradient) {
      const gradientSum = channelSum(gradient);
      const correlation = channelSum(mul(gradient, normalised));
      compilation.addGradient(`${path}.weight`, () => reshape(correlation, [layer.channels]));
      compilation.addGradient(`${path}.bias`, () => reshape(gradientSum, [layer.channels]));
      return () => {
        const fromStatistics = add(mul(gradientSum, 1 / count), mul(normalised, mul(correlation, 1 / count)));
        return mul(sub(gradient, fromStatistics), mul(gamma, inverseDeviation));
      };
    },
  };
}

function normaliseByRunningStatistics(
  layer: BatchNorm,
  path: string,
  input: Value,
  compilation: Compilation,
): Step {
  const { scale, shift } = evaluationAffine(layer, path, compilation);
  const perChannel = channelShape(layer, input);
  const factor = reshape(scale, perChannel);
  return {
    output: add(mul(input, factor), reshape(shift, perChannel)),
    backward: () => {
      throw new Error(`${path} is compiled for evaluation: it has no gradient.`);
    },
  };
}

/** What the layer does in evaluation, y = scale x + shift by channel: scale [channels], shift [channels]. */
export function evaluationAffine(
  layer: BatchNorm,
  path: string,
  compilation: Compilation,
): { readonly scale: Value; readonly shift: Value } {
  const [gamma, beta, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map((name) =>
    compilation.parameter(`${path}.${name}`, [layer.channels]),
  ) as [Value, Value, Value, Value];
  const scale = mul(gamma, reciprocal(squareRoot(add(variance, layer.epsilon))));
  return { scale, shift: sub(beta, mul(mean, scale)) };
}

/** gamma and beta as [1, channels, 1, ...]. */
export function affineParameters(layer: BatchNorm, path: string, input: Value, compilation: Compilation) {
  const perChannel = channelShape(layer, input);
  return {
    gamma: reshape(compilation.parameter(`${path}.weight`, [layer.channels]), perChannel),
    beta: reshape(compilation.parameter(`${path}.bias`, [layer.channels]), perChannel),
  };
}

export interface BatchStatistics {
  /** One value for each channel, in any shape. */
  readonly mean: Value;
  /** Divided by `count`, not by `count` - 1. */
  readonly variance: Value;
  /** Values per channel. */
  readonly count: number;
}

/** new = (1 - momentum) * old + momentum * batch, with the unbiased variance (divided by count - 1). */
export function updateRunningStatistics(
  { channels, momentum }: BatchNorm,
  path: string,
  { mean, variance, count }: BatchStatistics,
  compilation: Compilation,
): void {
  const unbiased = mul(variance, count / (count - 1));
  for (const [name, batch] of [
    [`${path}.running_mean`, mean],
    [`${path}.running_var`, unbiased],
  ] as const) {
    const kept = mul(compilation.parameter(name, [channels]), 1 - momentum);
    compilation.runningStatistics.set(name, add(kept, mul(reshape(batch, [channels]), momentum)));
  }
}

function channelShape({ channels }: BatchNorm, input: Value): number[] {
  return input.shape.map((_, axis) => (axis === 1 ? channels : 1));
}
