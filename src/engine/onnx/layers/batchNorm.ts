import type { BatchNorm } from "../../../network/layers/batchNorm";
import type { Compilation, Step } from "../compilation";
import { add, mul, reciprocal, squareRoot, sub } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import type { LayerContext } from "../layerContext";
import { fromStatistics, gradientSums, type Statistics, statisticsOf } from "../norms/statistics";

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics.
 * @param cancelledBias [channels] the bias of the convolution before, if it was left out: the mean takes it away again
 */
export function batchNorm(
  { layer, path, input, compilation }: Omit<LayerContext<BatchNorm>, "compileSequence">,
  cancelledBias?: Value,
): Step {
  if (compilation.mode === "evaluation") return normaliseByRunningStatistics(layer, path, input, compilation);
  const statistics = statisticsOf(input, layer);
  const mean = reshape(statistics.mean, [layer.channels]);
  const trueMean = cancelledBias === undefined ? mean : add(mean, cancelledBias);
  updateRunningStatistics(layer, path, trueMean, statistics, compilation);
  const { gamma, beta } = affineParameters(layer, path, input, compilation);
  const scale = mul(gamma, statistics.inverseDeviation);
  return {
    output: add(mul(statistics.centered, scale), beta),
    backward(gradient) {
      const sums = gradientSums(gradient, statistics.centered, statistics);
      compilation.addGradient(`${path}.weight`, () => reshape(sums.correlation, [layer.channels]));
      compilation.addGradient(`${path}.bias`, () => reshape(sums.total, [layer.channels]));
      return () => add(mul(gradient, scale), fromStatistics(statistics, sums, scale));
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
  const factor = reshape(scale, channelShape(layer, input));
  return {
    output: add(mul(input, factor), reshape(shift, channelShape(layer, input))),
    backward: (gradient) => () => mul(gradient, factor),
  };
}

/** What the layer does in evaluation, y = scale x + shift by channel: scale [channels], shift [channels]. */
export function evaluationAffine(
  layer: BatchNorm,
  path: string,
  compilation: Compilation,
): { readonly scale: Value; readonly shift: Value } {
  const ofChannels = (name: string) => compilation.parameter(`${path}.${name}`, [layer.channels]);
  const deviation = squareRoot(add(ofChannels("running_var"), layer.epsilon));
  const scale = mul(ofChannels("weight"), reciprocal(deviation));
  return { scale, shift: sub(ofChannels("bias"), mul(ofChannels("running_mean"), scale)) };
}

/** gamma and beta as [1, channels, 1, ...]. */
export function affineParameters(
  layer: BatchNorm,
  path: string,
  input: Value,
  compilation: Compilation,
): { readonly gamma: Value; readonly beta: Value } {
  const perChannel = channelShape(layer, input);
  return {
    gamma: reshape(compilation.parameter(`${path}.weight`, [layer.channels]), perChannel),
    beta: reshape(compilation.parameter(`${path}.bias`, [layer.channels]), perChannel),
  };
}

/** new = (1 - momentum) * old + momentum * batch, with the unbiased variance (divided by count - 1). */
export function updateRunningStatistics(
  { channels, momentum }: BatchNorm,
  path: string,
  mean: Value,
  { variance, count }: Statistics,
  compilation: Compilation,
): void {
  const unbiased = mul(reshape(variance, [channels]), count / (count - 1));
  for (const [name, ofBatch] of [
    [`${path}.running_mean`, mean],
    [`${path}.running_var`, unbiased],
  ] as const) {
    const kept = mul(compilation.parameter(name, [channels]), 1 - momentum);
    compilation.runningStatistics.set(name, add(kept, mul(ofBatch, momentum)));
  }
}

function channelShape({ channels }: BatchNorm, input: Value): number[] {
  return input.shape.map((_, axis) => (axis === 1 ? channels : 1));
}
