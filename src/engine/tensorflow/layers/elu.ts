import type { ELU } from "../../../network/layers/elu";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { withGradient } from "../operations/customGradient";

/**
 * y = x where x > 0, else alpha (exp(x) - 1); dx = dy where x > 0, else dy alpha exp(x) = dy (y + alpha). TensorFlow.js has it
 * with alpha = 1.
 */
export function elu({ layer: { alpha }, input, pass: { tf } }: LayerContext<ELU>): DeviceTensor {
  return withGradient(tf, [input], () => {
    const isPositive = tf.greater(input, 0);
    const output = tf.where(isPositive, input, tf.mul(tf.elu(input), alpha));
    return {
      output,
      saved: [isPositive, output],
      gradient: (gradient, [rising, y]) => [tf.where(rising!, gradient, tf.mul(gradient, tf.add(y!, alpha)))],
    };
  });
}
