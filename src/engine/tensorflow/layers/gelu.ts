import type { GELU } from "../../../network/layers/gelu";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";
import { withGradient } from "../operations/customGradient";

/**
 * y = x Phi(x), where Phi(x) = (1 + erf(x / sqrt 2)) / 2 is the distribution function of the standard normal and
 * phi(x) = exp(-x^2 / 2) / sqrt(2 pi) its density; dx = dy (Phi(x) + x phi(x)).
 */
export function gelu({ input, pass: { tf } }: LayerContext<GELU>): DeviceTensor {
  return withGradient(tf, [input], () => ({
    output: tf.tidy(() => tf.mul(input, distribution(tf, input))),
    saved: [input],
    gradient: (gradient, [x]) => {
      const density = tf.mul(tf.exp(tf.mul(tf.square(x!), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return [tf.mul(gradient, tf.add(distribution(tf, x!), tf.mul(x!, density)))];
    },
  }));
}

const distribution = (tf: TensorFlow, x: DeviceTensor): DeviceTensor =>
  tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
