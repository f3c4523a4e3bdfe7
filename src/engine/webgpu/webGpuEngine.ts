import type { Engine } from "../engine";
import { EngineTrainer } from "../engineTrainer";
import { checkObjective } from "../objective";
import { webGpuPackage } from "./device/dawn";
import { DeviceWatch } from "./device/deviceFailures";
import type { OpenDevice } from "./device/openDevice";
import { type Computing, DeviceNetwork } from "./deviceNetwork";
import type { Form } from "./pass";
import { WebGpuLearner } from "./webGpuLearner";
import { WebGpuPredictor } from "./webGpuPredictor";

/**
 * The engine on a device of the package `webgpu`.
 * @param form of the kernels: `plain` in tests
 * @param onTape hears of every tape that is recorded: for measurements
 */
export function createWebGpuEngine(
  open: OpenDevice,
  form: Form = "fast",
  onTape?: Computing["onTape"],
): Engine {
  const { device, name, limits } = open;
  const computing: Computing = { device, name, limits, watch: new DeviceWatch(open), form, onTape };
  const engine: Engine = {
    name: "webgpu",
    description: { library: "webgpu", version: webGpuPackage().version, device: name, threads: 1 },
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
