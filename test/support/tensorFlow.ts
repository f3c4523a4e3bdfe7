/** The TensorFlow engine on the pure JavaScript backend, which runs everywhere. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import type { Engine } from "../../src/engine/engine";
import { createTensorFlowEngine } from "../../src/engine/tensorflow/tensorFlowEngine";

export { tf };

// Without it TensorFlow.js recommends its native package in the output of every test.
tf.enableProdMode();

export function createJavaScriptEngine(): Promise<Engine> {
  return createTensorFlowEngine(tf, {
    library: "@tensorflow/tfjs-core",
    version: tf.version_core,
    device: "JavaScript",
    threads: 1,
  });
}
