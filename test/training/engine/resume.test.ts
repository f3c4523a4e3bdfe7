/** A training that begins on one engine goes on on the other as if nothing had happened, to the accuracy of float32. */
import { describe, expect, it } from "vitest";
import type { Batch, Engine, OptimizerSettings, Trainer } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../../src/network/building/build";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount } from "../../../src/network/weights/tensor";
import { spread } from "../../support/engineSuite/layerCases";
import { convolution, NORM, POOL } from "../../support/smallLayers";
import { createTensorFlow } from "../../support/tensorFlow";
import { hasSoftwareCard } from "../../support/webGpu";
import { createSoftwareEngine } from "../../support/webGpuEngine";

const INPUT_SIZE = [1, 8, 7, 9];

const network = buildNetwork({
  architecture: {
    convolutions: [
      convolution(4, false),
      NORM,
      { layer: "LeakyReLU", negative_slope: 0.1 },
      POOL,
      { layer: "Dropout" },
    ],
    fc: [
      { layer: "Flatten" },
      { layer: "Dropout" },
      { layer: "Linear", out_features: 8, bias: true },
      { layer: "Tanh" },
      { layer: "Linear", bias: true },
    ],
  },
  inputSize: INPUT_SIZE,
  outputSize: 2,
  dropout: 0.3,
  latentSpaceSize: 1,
  task: "classification",
});

const STEPS_BEFORE = 3;
const STEPS_AFTER = 5;

const batchOf = (step: number): Batch => ({
  size: 4,
  inputs: { image: Float32Array.from(spread(4 * elementCount(INPUT_SIZE), 11 * step + 1)) },
  targets: { classes: Int32Array.of(0, 1, step % 2, 1) },
});

const engines: Readonly<Record<Engine["name"], () => Promise<Engine>>> = {
  onnx: () => createOnnxEngine({ threads: 1 }),
  webgpu: () => createSoftwareEngine(),
  tensorflow: createTensorFlow,
};

async function create(engine: Engine["name"], optimizer: OptimizerSettings): Promise<Trainer> {
  const objective = { loss: "CrossEntropyLoss", classes: 2 } as const;
  const weights = initialState(network, 5);
  return (await engines[engine]()).trainer(network, { objective, optimizer, weights, dropoutSeed: 42 });
}

/** Losses of the steps `from` to `to`, each an update with the mean over two batches. */
async function train(model: Trainer, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push(await model.accumulate(batchOf(2 * step)), await model.accumulate(batchOf(2 * step + 1)));
    await model.update();
  }
  return losses;
}

describe.each([
  { first: "onnx", second: "tensorflow" },
  { first: "tensorflow", second: "onnx" },
  ...(hasSoftwareCard
    ? ([
        { first: "onnx", second: "webgpu" },
        { first: "webgpu", second: "onnx" },
      ] as const)
    : []),
] as const)("a training that begins on $first and goes on on $second", ({ first, second }) => {
  it.each([
    { name: "Adam", learningRate: 1e-2, weightDecay: 1e-3 },
    { name: "NAdam", learningRate: 1e-2, weightDecay: 0 },
    { name: "SGD", learningRate: 0.1, weightDecay: 1e-4 },
    { name: "SGD", hyperparameters: { momentum: 0.9, nesterov: true }, learningRate: 0.01, weightDecay: 0 },
  ] satisfies OptimizerSettings[])(
    "has the losses of one that stayed, with dropout and $name",
    async (optimizer) => {
      const uninterrupted = await create(first, optimizer);
      await train(uninterrupted, 0, STEPS_BEFORE);
      const saved = await uninterrupted.state();
      const resumed = await create(second, optimizer);
      await resumed.load(saved);

      const wanted = await train(uninterrupted, STEPS_BEFORE, STEPS_BEFORE + STEPS_AFTER);
      const losses = await train(resumed, STEPS_BEFORE, STEPS_BEFORE + STEPS_AFTER);
      losses.forEach((loss, index) => {
        expect(Math.abs(loss / wanted[index]! - 1), `loss ${index}`).toBeLessThan(1e-5);
      });
      const [here, there] = [await uninterrupted.state(), await resumed.state()];
      expect(there.batches).toBe(here.batches);
      expect(there.optimizer.step).toBe(here.optimizer.step);
      expect([...there.optimizer.moments.keys()].sort()).toEqual([...here.optimizer.moments.keys()].sort());
      await Promise.all([uninterrupted.dispose(), resumed.dispose()]);
    },
  );
});
