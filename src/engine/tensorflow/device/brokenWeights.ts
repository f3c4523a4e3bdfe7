import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";

/**
 * `output`, made NaN where one of `weights` (parameters and running statistics) is NaN or infinite. The pools of a GPU pass
 * over NaN, PyTorch's do not: without this a network that is broken would answer with numbers, and could be chosen as the
 * best. Matrices, those of Linear, are left out: their products carry a NaN along.
 */
export function notANumberWithNaN(
  tf: TensorFlow,
  output: DeviceTensor,
  weights: Iterable<DeviceTensor>,
): DeviceTensor {
  const nothing = [...weights].filter(({ rank }) => rank !== 2).map((weight) => tf.sum(tf.mul(weight, 0)));
  return nothing.length === 0 ? output : tf.add(output, tf.addN(nothing));
}
