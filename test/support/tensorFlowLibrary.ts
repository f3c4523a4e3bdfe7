/**
 * The library that the tests of the TensorFlow engine compute with: TensorFlow.js in JavaScript, which runs everywhere. The
 * project `tfjs-node` has another in its place (tensorFlowPackage/library.ts).
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";

// Without it TensorFlow.js recommends its native package in the output of every test.
tf.enableProdMode();

export { tf };
export const library = { name: "@tensorflow/tfjs-core", version: tf.version_core };
