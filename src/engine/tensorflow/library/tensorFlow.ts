import type * as core from "@tensorflow/tfjs-core";

/**
 * The namespace that the engine computes with: that of @tensorflow/tfjs-node-gpu, of @tensorflow/tfjs-node, or of
 * @tensorflow/tfjs-core with a backend and its gradients registered. They differ in where a tensor lies, not in what is said.
 */
export type TensorFlow = typeof core;

/** A tensor on the device. Maps are channels-last, [N, ...spatial, channels]; parameters have PyTorch's shapes. */
export type DeviceTensor = core.Tensor;

/** A copy of the values of a float tensor, in memory of our own. */
export async function readFloats(tensor: DeviceTensor): Promise<Float32Array> {
  return new Float32Array(await tensor.data());
}
