/** The losses, as TensorFlow differentiates them. */
import type { CrossEntropy } from "../objective";
import type { DeviceTensor, TensorFlow } from "./tensorFlow";

/**
 * torch.nn.CrossEntropyLoss, mean reduction: - sum_i s_i log p_i[y_i], where p = softmax(logits) and the share
 * s_i = w[y_i] / sum_j w[y_j] is 1 / N without class weights.
 * @param logits [N, classes]
 */
export function crossEntropy(
  tf: TensorFlow,
  logits: DeviceTensor,
  codes: Int32Array,
  { classes, classWeights }: CrossEntropy,
): DeviceTensor {
  const weights = Array.from(codes, (code) => classWeights?.[code] ?? 1);
  const total = weights.reduce((a, b) => a + b, 0);
  const shares = new Float32Array(codes.length * classes);
  codes.forEach((code, sample) => {
    shares[sample * classes + code] = weights[sample]! / total;
  });
  return tf.neg(tf.sum(tf.mul(tf.tensor2d(shares, [codes.length, classes]), tf.logSoftmax(logits))));
}

/** torch.nn.MSELoss, mean reduction over all elements. */
export function meanSquaredError(tf: TensorFlow, output: DeviceTensor, target: DeviceTensor): DeviceTensor {
  return tf.mean(tf.squaredDifference(output, target));
}
