import type { Layer } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import { add, mul } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { channelSum, reduceSum } from "../graph/reduction";
import type { LayerContext } from "../layerContext";
import { fromStatistics, statisticsOf } from "./statistics";

/** What GroupNorm and InstanceNorm differ in, and share. */
export interface GroupNormalisation {
  readonly channels: number;
  /** Groups of neighbouring channels, each of as many. */
  readonly groups: number;
  readonly epsilon: number;
  /** Whether a weight and a bias [channels] follow. */
  readonly affine: boolean;
}

/**
 * Each image by the mean and the variance (divided by their M values) of each of its groups of channels, in training and in
 * evaluation (Wu and He, 2018). With x^ = (x - mean) / sqrt(var + eps) and y = gamma x^ + beta: dbeta = sum dy;
 * dgamma = sum dy x^; dx = (gamma dy - sum gamma dy / M - x^ sum gamma dy x^ / M) / sqrt(var + eps), the last two sums over
 * a group. All sums come from two by image and channel, so that the way back reads the map twice; it keeps x - mean alone.
 */
export function normaliseGroups(
  { channels, groups, epsilon, affine }: GroupNormalisation,
  { path, input, compilation }: Pick<LayerContext<Layer>, "path" | "input" | "compilation">,
): Step {
  const [samples, , ...spatial] = input.shape as readonly [number, number, ...number[]];
  const ones = spatial.map(() => 1);
  const perGroup = channels / groups;
  const gamma = reshape(gammaOf(channels, affine, path, compilation), [1, groups, perGroup]);
  // A group of an image as a channel: [1, N groups, channels of a group, ...spatial].
  const grouped = reshape(input, [1, samples * groups, perGroup, ...spatial]);
  const statistics = statisticsOf(grouped, { channels: samples * groups, epsilon });
  const centered = reshape(statistics.centered, input.shape);
  const inverseDeviation = reshape(statistics.inverseDeviation, [samples, groups, 1]);
  const scale = reshape(mul(inverseDeviation, gamma), [samples, channels, ...ones]);
  const scaled = mul(centered, scale);
  const beta = affine ? compilation.parameter(`${path}.bias`, [channels]) : undefined;
  return {
    output: beta === undefined ? scaled : add(scaled, reshape(beta, [1, channels, ...ones])),
    backward(gradient) {
      const byChannel = (value: Value) => sumByImageAndChannel(value, [samples, groups, perGroup]);
      const total = byChannel(gradient);
      const correlation = mul(byChannel(mul(gradient, centered)), inverseDeviation);
      if (affine) {
        const overImages = (sums: Value) => reshape(reduceSum(sums, [0], "drop"), [channels]);
        compilation.addGradient(`${path}.weight`, () => overImages(correlation));
        compilation.addGradient(`${path}.bias`, () => overImages(total));
      }
      const overGroup = (sums: Value) =>
        reshape(reduceSum(mul(sums, gamma), [2], "keep"), statistics.mean.shape);
      return () => {
        const sums = { total: overGroup(total), correlation: overGroup(correlation) };
        const fromGroup = fromStatistics(statistics, sums, statistics.inverseDeviation);
        return add(mul(gradient, scale), reshape(fromGroup, input.shape));
      };
    },
  };
}

/** [channels], 1 where the layer has no weight. */
function gammaOf(channels: number, affine: boolean, path: string, compilation: Compilation): Value {
  return affine
    ? compilation.parameter(`${path}.weight`, [channels])
    : compilation.graph.constant("float32", [channels], Array<number>(channels).fill(1));
}

/** Sum of each map of `value` [N, channels, ...spatial], in the shape `small`. */
function sumByImageAndChannel(value: Value, small: Shape): Value {
  const [samples, channels, ...spatial] = value.shape as readonly [number, number, ...number[]];
  return reshape(channelSum(reshape(value, [1, samples * channels, ...spatial])), small);
}
