import type { BatchNorm } from "../../../network/layer";
import { elementCount } from "../../../network/tensor";
import type { Compilation, Step } from "../compilation";
import { add, mul, reciprocal, square, squareRoot, sub } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { channelMean, channelSum } from "../graph/reduction";
import type { LayerContext } from "../layerContext";

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics.
 * @param cancelledBias [channels] the bias of the convolution before, if it was left out: the mean takes it away again
 */
export function batchNorm(
  { layer, path, input, compilation }: Omit<LayerContext<BatchNorm>, "compileSequence">,
  cancelledBias?: Value,
): Step {
  if (compilation.mode === "evaluation") return normaliseByRunningStatistics(layer, path, input, compilation);
  const statistics = batchStatistics(input, layer);
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

/** How a tensor holds its channels: one axis of it, unless it says otherwise. */
export interface ChannelLayout {
  /** Mean of each channel, as [1, channels, 1, ...]. */
  channelMean(value: Value): Value;
  /** One value for each channel, [1, channels, 1, ...], in a shape that broadcasts over the tensor. */
  spread(ofChannels: Value): Value;
}

export const ONE_AXIS: ChannelLayout = { channelMean, spread: (ofChannels) => ofChannels };

/** Statistics of a batch by channel, as [1, channels, 1, ...], and the input less its mean. */
export interface BatchStatistics {
  readonly mean: Value;
  readonly centered: Value;
  /** Divided by `count`, not by `count` - 1. */
  readonly variance: Value;
  /** 1 / sqrt(variance + epsilon) */
  readonly inverseDeviation: Value;
  /** Values per channel. */
  readonly count: number;
  readonly layout: ChannelLayout;
}

export function batchStatistics(
  input: Value,
  { channels, epsilon }: BatchNorm,
  layout: ChannelLayout = ONE_AXIS,
): BatchStatistics {
  const mean = layout.channelMean(input);
  const centered = sub(input, layout.spread(mean));
  const variance = layout.channelMean(square(centered));
  const inverseDeviation = reciprocal(squareRoot(add(variance, epsilon)));
  return { mean, centered, variance, inverseDeviation, count: elementCount(input.shape) / channels, layout };
}

/** With x^ = centered / deviation and y = gamma x^ + beta: total = sum dy = dbeta, correlation = sum dy x^ = dgamma. */
export interface GradientSums {
  readonly total: Value;
  readonly correlation: Value;
}

/** @param centered where `gradient` is not zero */
export function gradientSums(
  gradient: Value,
  centered: Value,
  { inverseDeviation }: BatchStatistics,
): GradientSums {
  return {
    total: channelSum(gradient),
    correlation: mul(channelSum(mul(gradient, centered)), inverseDeviation),
  };
}

/**
 * What the dependence of mean and variance on the input adds to its gradient scale * dy, where scale = gamma / deviation:
 * - scale / count * (total + x^ correlation).
 */
export function fromStatistics(
  { centered, inverseDeviation, count, layout }: BatchStatistics,
  { total, correlation }: GradientSums,
  scale: Value,
): Value {
  const share = mul(scale, -1 / count);
  const slope = mul(mul(share, correlation), inverseDeviation);
  return add(mul(centered, layout.spread(slope)), layout.spread(mul(share, total)));
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
  { variance, count }: BatchStatistics,
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
