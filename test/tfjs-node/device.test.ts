/** What lies on the device while TensorFlow for Node computes, and what would have to leave a GPU. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import type { Batch, Trainer } from "../../src/engine/engine";
import { buildNetwork } from "../../src/network/building/build";
import { initialState } from "../../src/network/weights/initialise";
import type { ObjectiveData } from "../../src/statistics/losses/losses";
import { spread } from "../support/engineSuite/layerCases";
import { convolution, NORM } from "../support/smallLayers";
import { createTensorFlow } from "../support/tensorFlow";
import type * as BindingInJavaScript from "../support/tensorFlowPackage/binding";
import { NATIVE_PART } from "../support/tensorFlowPackage/package";

const { folder, isNative } = inject("tensorFlow");
/** The native part of the package, as the package has loaded it. */
const binding: Pick<typeof BindingInJavaScript, "getNumOfTensors" | "mostIntegers"> = createRequire(
  join(folder, "package.json"),
)(join(folder, NATIVE_PART));

const SIDE = 12;
const CHANNELS = 4;
/** Values of the first map: far more than there are windows, planes or channels along any axis. */
const MAP = 2 * SIDE ** 3 * CHANNELS;

const image = Float32Array.from(spread(2 * SIDE ** 3, 1));
const batch: Batch = {
  size: 2,
  inputs: { image },
  targets: { classes: Int32Array.of(0, 1), values: image },
};

/** A network with a pool of `kernel` voxels a side that moves by two. */
async function create(task: "classification" | "reconstruction", kernel: number): Promise<Trainer> {
  const network = buildNetwork({
    architecture: {
      convolutions: [
        convolution(CHANNELS),
        NORM,
        { layer: "ReLU" },
        { layer: "MaxPool", kernel_size: kernel, stride: 2, padding: 0 },
      ],
      ...(task === "classification" ? { fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }] } : {}),
    },
    inputSize: [1, SIDE, SIDE, SIDE],
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 1,
    task,
  });
  const objective: ObjectiveData =
    task === "classification" ? { loss: "CrossEntropyLoss", classes: 2 } : { loss: "MSELoss" };
  const engine = await createTensorFlow();
  return engine.trainer(network, {
    objective,
    optimizer: { name: "Adam", learningRate: 1e-3, weightDecay: 1e-4 },
    weights: initialState(network, 3),
    dropoutSeed: 1,
  });
}

async function train(model: Trainer, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await model.accumulate(batch);
    await model.update();
  }
  await model.evaluate(batch);
}

describe.each([
  { task: "classification", kernel: 2 },
  { task: "reconstruction", kernel: 2 },
  { task: "reconstruction", kernel: 3 },
] as const)("$task with a pool of $kernel voxels a side", ({ task, kernel }) => {
  it("takes no more of the device after 50 steps than after the first, and gives all of it back", async () => {
    const before = binding.getNumOfTensors();
    const model = await create(task, kernel);
    await train(model, 1);
    const used = binding.getNumOfTensors();
    await train(model, 49);
    expect(binding.getNumOfTensors()).toBe(used);
    await model.dispose();
    expect(binding.getNumOfTensors()).toBe(before);
  });

  // Stacking, comparing and padding int32, TensorFlow has its inputs and outputs in the memory of the processor.
  it.skipIf(isNative)("takes no map off a GPU to compute with whole numbers", async () => {
    binding.mostIntegers.clear();
    const model = await create(task, kernel);
    await train(model, 1);
    await model.dispose();
    const large = [...binding.mostIntegers].filter(([, integers]) => integers >= MAP / 8);
    expect(large.map(([operation]) => operation).sort()).toEqual(
      task === "classification" ? ["Cast", "ScatterNd"] : ["Cast", "GatherNd", "ScatterNd"],
    );
  });
});

it.skipIf(!isNative)(
  "libtensorflow computes (skipped: neither tfjs-node-gpu nor tfjs-node is installed)",
  () => {
    expect(binding).not.toHaveProperty("mostIntegers");
  },
);
