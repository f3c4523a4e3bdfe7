/** What lies on the device: after the first steps a training takes no more of it, and in the end it gives all back. */
import { describe, expect, it } from "vitest";
import { counted } from "../../../../src/engine/webgpu/measuring/countedDevice";
import { createWebGpuEngine } from "../../../../src/engine/webgpu/webGpuEngine";
import { buildNetwork } from "../../../../src/network/building/build";
import { initialState } from "../../../../src/network/weights/initialise";
import { elementCount } from "../../../../src/network/weights/tensor";
import { spread } from "../../../support/engineSuite/layerCases";
import { convolution, NORM, POOL } from "../../../support/smallLayers";
import { hasSoftwareCard } from "../../../support/webGpu";
import { softwareDevice } from "../../../support/webGpuEngine";

const INPUT_SIZE = [1, 5, 4, 3];

const network = buildNetwork({
  architecture: {
    convolutions: [convolution(2), NORM, { layer: "LeakyReLU", negative_slope: 0.1 }, POOL],
    fc: [{ layer: "Flatten" }, { layer: "Dropout" }, { layer: "Linear", bias: true }],
  },
  inputSize: INPUT_SIZE,
  outputSize: 2,
  dropout: 0.5,
  latentSpaceSize: 1,
  task: "classification",
});

describe.skipIf(!hasSoftwareCard)("a device", () => {
  it("holds no more after 200 steps than after the first ones, and nothing when the training is over", async () => {
    const { open, bytes } = counted(await softwareDevice());
    const model = await createWebGpuEngine(open).trainer(network, {
      objective: { loss: "CrossEntropyLoss", classes: 2 },
      optimizer: { name: "Adam", learningRate: 1e-3, weightDecay: 1e-4 },
      weights: initialState(network, 3),
      dropoutSeed: 1,
    });
    /** Batches of 2 with a last one of 1, accumulated by twos, and an evaluation now and then. */
    const train = async (steps: number) => {
      for (let step = 0; step < steps; step++) {
        const size = step % 10 === 9 ? 1 : 2;
        const image = Float32Array.from(spread(size * elementCount(INPUT_SIZE), step));
        const batch = { size, inputs: { image }, targets: { classes: new Int32Array(size) } };
        await model.accumulate(batch);
        await model.accumulate(batch);
        await model.update({ clip: { norm: 1 } });
        if (step % 10 === 0) await model.evaluate(batch);
      }
      await model.load(await model.state());
      return bytes();
    };
    const settled = await train(20);
    expect(settled).toBeGreaterThan(0);
    expect(await train(180)).toBe(settled);
    await model.dispose();
    expect(bytes()).toBe(0);
  });
});
