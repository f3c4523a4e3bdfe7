/** The TensorFlow engine of the tests. */
import type { Engine } from "../../src/engine/engine";
import { createTensorFlowEngine } from "../../src/engine/tensorflow/tensorFlowEngine";
import { library, tf } from "./tensorFlowLibrary";

export { tf };

const description = { library: library.name, version: library.version, device: "TensorFlow.js", threads: 1 };

export function createTensorFlow(): Promise<Engine> {
  return createTensorFlowEngine(tf, description);
}

/** As cuDNN is used by TensorFlow: a NaN in a window is less than any number. */
export function createPassingOverNaN(): Promise<Engine> {
  const maxPool3d: typeof tf.maxPool3d = (map, ...options) =>
    tf.maxPool3d(tf.where(tf.isNaN(map), -3e38, map), ...options);
  return createTensorFlowEngine({ ...tf, maxPool3d }, description);
}
