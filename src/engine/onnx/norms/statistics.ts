/** Mean and variance by channel, and what they add to the gradient of what is normalised by them. */
import { elementCount } from "../../../network/weights/tensor";
import { add, mul, reciprocal, square, squareRoot, sub } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";
import { channelMean, channelSum } from "../graph/reduction";

/** How a tensor holds its channels: one axis of it, unless it says otherwise. */
export interface ChannelLayout {
  /** Mean of each channel, as [1, channels, 1, ...]. */
  channelMean(value: Value): Value;
  /** One value for each channel, [1, channels, 1, ...], in a shape that broadcasts over the tensor. */
  spread(ofChannels: Value): Value;
}

export const ONE_AXIS: ChannelLayout = { channelMean, spread: (ofChannels) => ofChannels };

/** Statistics of a tensor by channel, as [1, channels, 1, ...], and the input less its mean. */
export interface Statistics {
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

/** @param layout of `input` */
export function statisticsOf(
  input: Value,
  { channels, epsilon }: { readonly channels: number; readonly epsilon: number },
  layout: ChannelLayout = ONE_AXIS,
): Statistics {
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
  { inverseDeviation }: Statistics,
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
  { centered, inverseDeviation, count, layout }: Statistics,
  { total, correlation }: GradientSums,
  scale: Value,
): Value {
  const share = mul(scale, -1 / count);
  const slope = mul(mul(share, correlation), inverseDeviation);
  return add(mul(centered, layout.spread(slope)), layout.spread(mul(share, total)));
}
