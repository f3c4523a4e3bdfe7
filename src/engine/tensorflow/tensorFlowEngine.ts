import type { Engine } from "../engine";
import { EngineTrainer } from "../engineTrainer";
import { checkObjective } from "../objective";
import { DeviceNetwork } from "./device/deviceNetwork";
import type { TensorFlow } from "./library/tensorFlow";
import { TensorFlowLearner } from "./tensorFlowLearner";
import { TensorFlowPredictor } from "./tensorFlowPredictor";

export interface TensorFlowEngineOptions {
  /** The package that `tf` comes from, and its version. */
  readonly library: string;
  readonly version: string;
  /** What it computes on, for the user: "GPU (NVIDIA A100)", "CPU". */
  readonly device: string;
  /** Threads inside one operation on the CPU. */
  readonly threads: number;
}

/**
 * The engine on TensorFlow.js. `tf` is the namespace of whichever package is there, ready to compute: its backend chosen and
 * its gradients registered.
 */
export async function createTensorFlowEngine(
  tf: TensorFlow,
  { library, version, device, threads }: TensorFlowEngineOptions,
): Promise<Engine> {
  await tf.ready();
  return {
    name: "tensorflow",
    description: { library, version, device, threads },
    async predictor(network, weights) {
      return new TensorFlowPredictor(new DeviceNetwork(tf, device, network, { weights }));
    },
    async trainer(network, options) {
      checkObjective(network, options.objective);
      return new EngineTrainer(
        new TensorFlowLearner(new DeviceNetwork(tf, device, network, options), options),
        options,
      );
    },
  };
}
