import type { Engine } from "../engine";
import { EngineTrainer } from "../engineTrainer";
import { checkObjective } from "../objective";
import { type Computing, DeviceNetwork } from "./deviceNetwork";
import { WebGpuLearner } from "./webGpuLearner";
import { WebGpuPredictor } from "./webGpuPredictor";

/** The version of the package `webgpu` that Gyrus is built on. */
export interface WebGpuEngineOptions extends Computing {
  readonly version: string;
}

/** The engine on a device of the package `webgpu`. */
export function createWebGpuEngine({ version, ...computing }: WebGpuEngineOptions): Engine {
  const engine: Engine = {
    name: "webgpu",
    description: { library: "webgpu", version, device: computing.name, threads: 1 },
    async predictor(network, weights) {
      return new WebGpuPredictor(new DeviceNetwork(computing, network, { weights }));
    },
    async trainer(network, options) {
      checkObjective(network, options.objective);
      const learner = new WebGpuLearner(new DeviceNetwork(computing, network, options), options);
      return new EngineTrainer(learner, options);
    },
    // Models take turns on the card dispatch by dispatch, whichever of them has one to give.
    sideBySide: () => engine,
  };
  return engine;
}
