/** The losses, as TensorFlow differentiates them: one entry a loss, so that a missing one is an error of types. */
import type { ClassLossName, ObjectiveOf, ValueLossName } from "../../statistics/losses/losses";
import type { DeviceTensor, TensorFlow } from "./library/tensorFlow";

/** What comes out within the network, channels last, by the names that the definition of the loss reads. */
export type InnerTensors = ReadonlyMap<string, DeviceTensor>;

/** @param codes class codes [N] */
type RunClassLoss<Name extends ClassLossName> = (
  tf: TensorFlow,
  logits: DeviceTensor,
  codes: Int32Array,
  objective: ObjectiveOf<Name>,
  inner: InnerTensors,
) => DeviceTensor;

/** @param target of the shape of the output */
type RunValueLoss<Name extends ValueLossName> = (
  tf: TensorFlow,
  output: DeviceTensor,
  target: DeviceTensor,
  objective: ObjectiveOf<Name>,
  inner: InnerTensors,
) => DeviceTensor;

const OF_CLASSES: { readonly [Name in ClassLossName]: RunClassLoss<Name> } = {
  /**
   * torch.nn.CrossEntropyLoss, mean reduction: - sum_i s_i log p_i[y_i], where p = softmax(logits) and the share
   * s_i = w[y_i] / sum_j w[y_j] is 1 / N without class weights.
   */
  CrossEntropyLoss: (tf, logits, codes, { classes, classWeights }) => {
    const weights = Array.from(codes, (code) => classWeights?.[code] ?? 1);
    const total = weights.reduce((a, b) => a + b, 0);
    const shares = new Float32Array(codes.length * classes);
    codes.forEach((code, sample) => {
      shares[sample * classes + code] = weights[sample]! / total;
    });
    return tf.neg(tf.sum(tf.mul(tf.tensor2d(shares, [codes.length, classes]), tf.logSoftmax(logits))));
  },
};

const OF_VALUES: { readonly [Name in ValueLossName]: RunValueLoss<Name> } = {
  /** torch.nn.MSELoss, mean reduction over all elements. */
  MSELoss: (tf, output, target) => tf.mean(tf.squaredDifference(output, target)),

  /** torch.nn.L1Loss: e sign(e), because TensorFlow.js gives |e| the slope -1 where it is 0. */
  L1Loss: (tf, output, target) => {
    const error = tf.sub(output, target);
    return tf.mean(tf.mul(error, tf.sign(error)));
  },

  /** torch.nn.SmoothL1Loss: Huber's loss with delta = beta, divided by it. */
  SmoothL1Loss: (tf, output, target, { beta }) => tf.div(huber(tf, output, target, beta), beta),

  /** torch.nn.HuberLoss, mean reduction over all elements. */
  HuberLoss: (tf, output, target, { delta }) => huber(tf, output, target, delta),
};

/** With e = output - target and c = e held within [-delta, delta] both branches are c (e - c / 2). */
function huber(tf: TensorFlow, output: DeviceTensor, target: DeviceTensor, delta: number): DeviceTensor {
  const error = tf.sub(output, target);
  const held = tf.clipByValue(error, -delta, delta);
  return tf.mean(tf.mul(held, tf.sub(error, tf.mul(held, 0.5))));
}

/** The loss of a batch, for which `logits` are [N, classes] and `codes` [N]. */
export function classLoss<Name extends ClassLossName>(
  tf: TensorFlow,
  loss: Name,
  objective: ObjectiveOf<Name>,
  logits: DeviceTensor,
  codes: Int32Array,
  inner: InnerTensors,
): DeviceTensor {
  return OF_CLASSES[loss](tf, logits, codes, objective, inner);
}

/** The loss of a batch, for which `output` and `target` have one shape. */
export function valueLoss<Name extends ValueLossName>(
  tf: TensorFlow,
  loss: Name,
  objective: ObjectiveOf<Name>,
  output: DeviceTensor,
  target: DeviceTensor,
  inner: InnerTensors,
): DeviceTensor {
  return OF_VALUES[loss](tf, output, target, objective, inner);
}
