import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";

export interface CustomOperation {
  readonly output: DeviceTensor;
  /** What the way back needs, kept until then. */
  readonly saved: readonly DeviceTensor[];
  /** The gradients of the loss by the inputs, in their order. */
  gradient(outputGradient: DeviceTensor, saved: readonly DeviceTensor[]): DeviceTensor[];
}

/**
 * An operation for which TensorFlow.js has no gradient, of `inputs` that are as if `compute` had taken them as arguments. What
 * either way makes in between is given back at once; only `saved` is kept for the way back.
 */
export function withGradient(
  tf: TensorFlow,
  inputs: readonly DeviceTensor[],
  compute: () => CustomOperation,
): DeviceTensor {
  const operation = tf.customGrad((...parameters) => {
    const { output, saved, gradient } = compute();
    const save = parameters.at(-1);
    if (typeof save === "function") save([...saved]);
    return {
      value: output,
      gradFunc: (outputGradient: DeviceTensor, kept: DeviceTensor[]) =>
        tf.tidy(() => gradient(outputGradient, kept)),
    };
  });
  return operation(...inputs);
}
