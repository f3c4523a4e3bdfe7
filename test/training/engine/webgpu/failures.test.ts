/** What a device says too late and elsewhere is thrown where it belongs, and a device that goes takes nothing along. */
import { describe, expect, it } from "vitest";
import { type Batch, type Engine, EngineError, type Trainer } from "../../../../src/engine/engine";
import { pipelineOf } from "../../../../src/engine/webgpu/device/pipelines";
import { kernel } from "../../../../src/engine/webgpu/kernel/kernel";
import { createWebGpuEngine } from "../../../../src/engine/webgpu/webGpuEngine";
import { buildNetwork } from "../../../../src/network/building/build";
import { initialState } from "../../../../src/network/weights/initialise";
import { spread } from "../../../support/engineSuite/layerCases";
import { convolution, NORM, POOL } from "../../../support/smallLayers";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { softwareDevice } from "../../../support/webGpuEngine";

const network = buildNetwork({
  architecture: {
    convolutions: [convolution(2), NORM, { layer: "ReLU" }, POOL],
    fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }],
  },
  inputSize: [1, 5, 4, 3],
  outputSize: 2,
  dropout: 0,
  latentSpaceSize: 1,
  task: "classification",
});

const batch: Batch = {
  size: 2,
  inputs: { image: Float32Array.from(spread(2 * 60, 1)) },
  targets: { classes: Int32Array.of(0, 1) },
};

const trainerOn = (engine: Engine): Promise<Trainer> =>
  engine.trainer(network, {
    objective: { loss: "CrossEntropyLoss", classes: 2 },
    optimizer: { name: "Adam", learningRate: 1e-2, weightDecay: 0 },
    weights: initialState(network, 1),
    dropoutSeed: 0,
  });

const steps = async (model: Trainer, count: number) => {
  const losses: number[] = [];
  for (let step = 0; step < count; step++) {
    losses.push(await model.accumulate(batch));
    await model.update();
  }
  return losses;
};

describe.skipIf(!hasSoftwareCard)("a device", () => {
  it("refuses a kernel that is wrong, and names its line", async () => {
    const { device } = await softwareDevice();
    const wrong = kernel(
      "wrong",
      { over: "elements", buffers: { y: "write f32" } },
      "let one = 1.0;\ny[index] = y[index] + index;",
    );
    await expect(pipelineOf(device, wrong)).rejects.toThrow(
      /^wrong, line 2 of the body: .*\n.*y\[index\] \+ index/,
    );
  });

  it("is never given a kernel with more arrays than every device takes", () => {
    const names = Array.from({ length: 9 }, (_, place) => [`b${place}`, "write f32"] as const);
    const declaration = { over: "elements", buffers: Object.fromEntries(names) } as const;
    expect(() => kernel("greedy", declaration, "b8[index] = 0.0;")).toThrow("greedy takes 9 buffers");
  });

  it("says which batch would fit where an array is larger than it takes", async () => {
    const open = await softwareDevice();
    const small = { ...open.limits, maxBufferSize: 4000, maxStorageBufferBindingSize: 4000 };
    const attempt = (await trainerOn(createWebGpuEngine({ ...open, limits: small }))).predict({
      size: 20,
      inputs: { image: new Float32Array(20 * 60) },
    });
    await expect(attempt).rejects.toThrow(/not enough memory on .* for a batch of 20.*`batch_size` to 8/s);
  });

  it("that goes in mid-step ends the step with what to do, and another goes on where it was", async () => {
    const stays = await trainerOn(createWebGpuEngine(await softwareDevice()));
    const wanted = await steps(stays, 4);
    await stays.dispose();

    const open = await openSoftwareDevice();
    const model = await trainerOn(createWebGpuEngine(open));
    const before = await steps(model, 2);
    const saved = await model.state();
    const step = model.accumulate(batch);
    open.device.destroy();
    await expect(step).rejects.toThrow(EngineError);
    // What is gone is never read as zeros.
    await expect(model.state()).rejects.toThrow(/gyrus resume/);

    const resumed = await trainerOn(createWebGpuEngine(await softwareDevice()));
    await resumed.load(saved);
    expect([...before, ...(await steps(resumed, 2))]).toEqual(wanted);
    await resumed.dispose();
  });
});
