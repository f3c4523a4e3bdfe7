/** Loads TensorFlow for Node into this process and sees that it computes. */

import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { reasonOf } from "../../../messages/reasonOf";
import { type Sentence, sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import { convolve } from "../operations/convolution";
import type { TensorFlow } from "./tensorFlow";

export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  readonly usesGpu: boolean;
}

/**
 * Loads the package in `folder`, which runs code of that folder.
 * @param threads inside one operation on the CPU
 * @throws EngineError that says what is missing and what to do
 */
export async function loadTensorFlow(folder: string, threads: number): Promise<LoadedTensorFlow> {
  prepareEnvironment(threads);
  restoreRemovedUtilities();
  try {
    const loaded: unknown = createRequire(join(folder, "package.json"))(folder);
    if (!isTensorFlow(loaded)) throw new Error("it has not the functions of TensorFlow.js.");
    await loaded.ready();
    await compute(loaded);
    const backend = loaded.backend();
    return {
      tf: loaded,
      usesGpu: "isUsingGpuDevice" in backend && backend.isUsingGpuDevice === true,
    };
  } catch (error) {
    throw new EngineError(explainLoading(folder, reasonOf(error)), {
      cause: error,
    });
  }
}

/** What libtensorflow and CUDA read when they start. What the user has set stays. */
function prepareEnvironment(threads: number): void {
  const wanted = {
    // Without it TensorFlow takes all the memory of the GPU at once.
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
    // TensorFloat-32 would round to 10 bits: a curve would no longer be that of the CPU.
    NVIDIA_TF32_OVERRIDE: "0",
    TF_NUM_INTRAOP_THREADS: String(threads),
    // Errors reach the user as EngineError.
    TF_CPP_MIN_LOG_LEVEL: "2",
  };
  for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
}

/** tfjs-node 4.22 calls functions of node:util that Node 23 has taken away. */
function restoreRemovedUtilities(): void {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value, configurable: true, writable: true });
  }
}

const USED = ["customGrad", "valueAndGrads", "conv3d", "scatterND", "tidy", "ready", "backend"] as const;

function isTensorFlow(loaded: unknown): loaded is TensorFlow {
  if (typeof loaded !== "object" || loaded === null) return false;
  const functions: object = loaded;
  return USED.every((name) => name in functions && typeof Reflect.get(functions, name) === "function");
}

/** A convolution needs all that a GPU may lack: a driver, CUDA and cuDNN of fitting versions. */
async function compute(tf: TensorFlow): Promise<void> {
  const sum = tf.tidy(() => {
    const [map, filter] = [tf.ones([1, 3, 3, 3, 1]), tf.ones([3, 3, 3, 1, 1])];
    return tf.sum(convolve(tf, map, filter, [1, 1, 1], "valid"));
  });
  const [value] = await sum.data();
  sum.dispose();
  if (value !== 27) throw new Error(`it says that 27 ones add up to ${value}.`);
}

function explainLoading(folder: string, message: string): Sentence {
  const said = message.split("\n", 1)[0]!.trim();
  const remedy = REMEDIES.find(({ symptom }) => symptom.test(message))?.remedy ?? REINSTALL;
  return sentence`TensorFlow in ${folder} cannot be used: ${said} ${remedy}`;
}

const REINSTALL = sentence`Install it again: \`gyrus engines install tensorflow-gpu\`.`;

const REMEDIES: readonly { readonly symptom: RegExp; readonly remedy: Sentence }[] = [
  {
    symptom: /tfjs_binding\.node/,
    remedy: sentence`Its install script did not run, which fetches the library itself. \`gyrus engines install tensorflow-gpu\` installs it with the script.`,
  },
  {
    symptom: /specified (module|procedure) could not be found/i,
    remedy: sentence`On Windows, copy deps/lib/tensorflow.dll of the package beside lib/napi-v8/tfjs_binding.node, and see that CUDA 11.2 and cuDNN 8.1 stand in the PATH.`,
  },
  {
    symptom: /cudnn|cublas|CUDA/i,
    remedy: sentence`It needs CUDA 11.2, cuDNN 8.1 and a driver of at least version 450; \`gyrus engines\` tells what is there.`,
  },
];
