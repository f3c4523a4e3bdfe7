/** The TensorFlow engine on the pure JavaScript backend, which runs everywhere. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import type { Engine } from "../../src/engine/engine";
import { createTensorFlowEngine } from "../../src/engine/tensorflow/tensorFlowEngine";

export { tf };

// Without it TensorFlow.js recommends its native package in the output of every test.
tf.enableProdMode();

const description = {
  library: "@tensorflow/tfjs-core",
  version: tf.version_core,
  device: "JavaScript",
  threads: 1,
};

export function createJavaScriptEngine(): Promise<Engine> {
  return createTensorFlowEngine(tf, description);
}

/** As cuDNN is used by TensorFlow: a NaN in a window is less than any number. */
export function createPassingOverNaN(): Promise<Engine> {
  const maxPool3d: typeof tf.maxPool3d = (map, ...options) =>
    tf.maxPool3d(tf.where(tf.isNaN(map), -3e38, map), ...options);
  return createTensorFlowEngine({ ...tf, maxPool3d }, description);
}
