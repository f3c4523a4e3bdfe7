import type { BatchNorm } from "../../../network/layers/batchNorm";
import { elementCount } from "../../../network/weights/tensor";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { withGradient } from "../operations/customGradient";
import type { Pass } from "../pass";

/** Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics. */
export function batchNorm({ layer, path, input, pass }: LayerContext<BatchNorm>): DeviceTensor {
  return pass.mode === "training"
    ? normaliseByBatch(layer, path, input, pass)
    : normaliseByRunningStatistics(layer, path, input, pass);
}

/**
 * With M values per channel, x^ = (x - mean) / sqrt(var + eps), y = gamma x^ + beta (var: divided by M):
 * dbeta = sum dy;  dgamma = sum dy x^;  dx = gamma / sqrt(var + eps) * (dy - dbeta / M - x^ dgamma / M).
 *
 * TensorFlow.js has this operation for given statistics only, and not for volumes. Were it put together from others, each of
 * them would keep a map of the size of the input for the way back; the formula above needs x^ alone.
 */
function normaliseByBatch(layer: BatchNorm, path: string, input: DeviceTensor, pass: Pass): DeviceTensor {
  const { tf } = pass;
  const gamma = pass.parameter(`${path}.weight`);
  const beta = pass.parameter(`${path}.bias`);
  const axes = Array.from({ length: input.rank - 1 }, (_, axis) => axis);
  const count = elementCount(input.shape) / layer.channels;
  return withGradient(tf, [input, gamma, beta], () => {
    const mean = tf.mean(input, axes);
    const centered = tf.sub(input, mean);
    const variance = tf.tidy(() => tf.mean(tf.square(centered), axes));
    updateRunningStatistics(layer, path, { mean, variance, count }, pass);
    const inverseDeviation = tf.rsqrt(tf.add(variance, layer.epsilon));
    const normalised = tf.mul(centered, inverseDeviation);
    centered.dispose();
    return {
      output: tf.tidy(() => tf.add(tf.mul(normalised, gamma), beta)),
      saved: [normalised, inverseDeviation, gamma],
      gradient: (gradient, saved) => {
        const [standard, inverse, scale] = saved as [DeviceTensor, DeviceTensor, DeviceTensor];
        const sum = tf.sum(gradient, axes);
        const correlation = tf.tidy(() => tf.sum(tf.mul(gradient, standard), axes));
        const fromStatistics = tf.tidy(() =>
          tf.add(tf.mul(standard, tf.div(correlation, count)), tf.div(sum, count)),
        );
        const inputGradient = tf.mul(tf.sub(gradient, fromStatistics), tf.mul(scale, inverse));
        return [inputGradient, correlation, sum];
      },
    };
  });
}

interface BatchStatistics {
  readonly mean: DeviceTensor;
  /** Divided by `count`, not by `count` - 1. */
  readonly variance: DeviceTensor;
  /** Values per channel. */
  readonly count: number;
}

/** new = (1 - momentum) * old + momentum * batch, with the unbiased variance (divided by count - 1). */
function updateRunningStatistics(
  { momentum }: BatchNorm,
  path: string,
  { mean, variance, count }: BatchStatistics,
  pass: Pass,
): void {
  const { tf } = pass;
  const move = (name: string, batch: DeviceTensor) => {
    const kept = tf.mul(pass.parameter(name), 1 - momentum);
    pass.setRunningStatistic(name, tf.add(kept, tf.mul(batch, momentum)));
  };
  move(`${path}.running_mean`, mean);
  move(`${path}.running_var`, tf.mul(variance, count / (count - 1)));
}

function normaliseByRunningStatistics(
  layer: BatchNorm,
  path: string,
  input: DeviceTensor,
  pass: Pass,
): DeviceTensor {
  const { tf } = pass;
  const centered = tf.sub(input, pass.parameter(`${path}.running_mean`));
  const deviation = tf.sqrt(tf.add(pass.parameter(`${path}.running_var`), layer.epsilon));
  const scale = tf.div(pass.parameter(`${path}.weight`), deviation);
  return tf.add(tf.mul(centered, scale), pass.parameter(`${path}.bias`));
}
