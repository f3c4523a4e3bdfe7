import type { Layer } from "../../../network/layer";
import { elementCount } from "../../../network/weights/tensor";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { withGradient } from "./customGradient";

/** What GroupNorm and InstanceNorm differ in, and share. */
export interface GroupNormalisation {
  readonly channels: number;
  /** Groups of neighbouring channels, each of as many. */
  readonly groups: number;
  readonly epsilon: number;
  /** Whether a weight and a bias [channels] follow. */
  readonly affine: boolean;
}

/** The map as [N, places, groups, channels of a group]: places and channels of a group share mean and variance. */
const GROUP_AXES = [1, 3];

/**
 * Each image by the mean and the variance (divided by their M values) of each of its groups of channels, in training and in
 * evaluation (Wu and He, 2018): x^ = (x - mean) / sqrt(var + eps), y = gamma x^ + beta. By x^ alone,
 * dx = (dx^ - sum dx^ / M - x^ sum dx^ x^ / M) / sqrt(var + eps), the sums over a group.
 */
export function normaliseGroups(
  { channels, groups, epsilon, affine }: GroupNormalisation,
  { path, input, pass }: LayerContext<Layer>,
): DeviceTensor {
  const { tf } = pass;
  const [samples] = input.shape as [number];
  const places = elementCount(input.shape.slice(1, -1));
  const standardised = withGradient(tf, [input], () => {
    const grouped = tf.reshape(input, [samples, places, groups, channels / groups]);
    const centered = tf.sub(grouped, tf.mean(grouped, GROUP_AXES, true));
    const variance = tf.tidy(() => tf.mean(tf.square(centered), GROUP_AXES, true));
    const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
    const standard = tf.mul(centered, inverseDeviation);
    centered.dispose();
    return {
      output: tf.reshape(standard, input.shape),
      saved: [standard, inverseDeviation],
      gradient: (outputGradient, saved) => {
        const [kept, inverse] = saved as [DeviceTensor, DeviceTensor];
        const gradient = tf.reshape(outputGradient, kept.shape);
        const mean = tf.mean(gradient, GROUP_AXES, true);
        const correlation = tf.tidy(() => tf.mean(tf.mul(gradient, kept), GROUP_AXES, true));
        const fromStatistics = tf.tidy(() => tf.add(tf.mul(kept, correlation), mean));
        return [tf.reshape(tf.mul(tf.sub(gradient, fromStatistics), inverse), outputGradient.shape)];
      },
    };
  });
  if (!affine) return standardised;
  return tf.add(tf.mul(standardised, pass.parameter(`${path}.weight`)), pass.parameter(`${path}.bias`));
}
