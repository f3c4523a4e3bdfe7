/** What lies on the device: a step gives back all that it takes, and so does one that fails. */
import { afterEach, describe, expect, it } from "vitest";
import { type Batch, EngineError, type Trainer } from "../../../../src/engine/engine";
import type { TensorFlow } from "../../../../src/engine/tensorflow/library/tensorFlow";
import { createTensorFlowEngine } from "../../../../src/engine/tensorflow/tensorFlowEngine";
import { buildNetwork } from "../../../../src/network/building/build";
import type { Network } from "../../../../src/network/network";
import { initialState } from "../../../../src/network/weights/initialise";
import { spread } from "../../../support/engineSuite/layerCases";
import { convolution, NORM, POOL } from "../../../support/smallLayers";
import { tf } from "../../../support/tensorFlow";

const INPUT_SIZE = [1, 5, 4, 3];
const INPUT_LENGTH = 5 * 4 * 3;

const conv = convolution(2);
const size = { inputSize: INPUT_SIZE, latentSpaceSize: 1 };

const network = buildNetwork({
  ...size,
  architecture: {
    convolutions: [conv, NORM, { layer: "LeakyReLU", negative_slope: 0.1 }, POOL],
    fc: [{ layer: "Flatten" }, { layer: "Dropout" }, { layer: "Linear", bias: true }],
  },
  outputSize: 2,
  dropout: 0.5,
  task: "classification",
});

const autoencoder = buildNetwork({
  ...size,
  architecture: { convolutions: [conv, NORM, { layer: "ReLU" }, POOL] },
  outputSize: 1,
  dropout: 0,
  task: "reconstruction",
});

const image = Float32Array.from(spread(2 * INPUT_LENGTH, 1));
const batch: Batch = {
  size: 2,
  inputs: { image },
  targets: { classes: Int32Array.of(0, 1), values: image },
};

async function create(of: Network, namespace: TensorFlow = tf): Promise<Trainer> {
  const description = { library: "", version: "", device: "GPU (NVIDIA A100)", threads: 1 };
  const engine = await createTensorFlowEngine(namespace, description);
  const objective =
    of.family === "cnn"
      ? ({ loss: "CrossEntropyLoss", classes: 2 } as const)
      : ({ loss: "MSELoss" } as const);
  return engine.trainer(of, {
    objective,
    optimizer: { name: "Adam", learningRate: 1e-3, weightDecay: 1e-4 },
    weights: initialState(of, 3),
    dropoutSeed: 1,
  });
}

const step = async (model: Trainer) => {
  await model.accumulate(batch);
  await model.accumulate(batch);
  await model.update();
};

describe.each([
  ["a CNN", network],
  ["an autoencoder", autoencoder],
])("%s on the device", (_, of) => {
  const before = tf.memory().numTensors;
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  it("takes no more after 200 steps than after the first", async () => {
    const model = await create(of);
    await step(model);
    await model.evaluate(batch);
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    for (let count = 1; count < 200; count++) await step(model);
    await model.evaluate(batch);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers, numBytes });
    await model.dispose();
  });

  it("takes no more once a state is loaded", async () => {
    const model = await create(of);
    await step(model);
    const { numTensors } = tf.memory();
    await model.load(await model.state());
    expect(tf.memory().numTensors).toBe(numTensors);
    await model.dispose();
  });
});

/** TensorFlow.js in which an operation fails. */
const failing = (operation: "leakyRelu" | "sqrt", message: string): TensorFlow => ({
  ...tf,
  [operation]: () => {
    throw new Error(message);
  },
});

const NO_MEMORY =
  "Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[8,169,208,179,8] and type float on " +
  "/job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc";

describe("a failure of TensorFlow", () => {
  it.each([
    {
      what: "no memory for a batch, with batch size and accumulation_steps",
      namespace: failing("leakyRelu", NO_MEMORY),
      said: /not enough memory on GPU \(NVIDIA A100\) for a batch of 2.*`batch_size` smaller and `accumulation_steps` larger/,
    },
    {
      what: "no memory for an update",
      namespace: failing("sqrt", NO_MEMORY),
      said: /not enough memory on GPU .* for an update of the weights/,
    },
    {
      what: "anything else, in the words of TensorFlow",
      namespace: failing("leakyRelu", "Invalid TF_Status: 13\nMessage: cuDNN launch failure"),
      said: /TensorFlow could not compute a batch of 2 on GPU \(NVIDIA A100\): .*cuDNN launch failure/s,
    },
  ])("is told: $what", async ({ namespace, said }) => {
    const model = await create(network, namespace);
    const attempt = model.accumulate(batch).then(() => model.update());
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(said);
    await model.dispose();
  });

  it("leaves nothing of the step on the device", async () => {
    const model = await create(network, failing("leakyRelu", NO_MEMORY));
    const { numTensors } = tf.memory();
    await expect(model.accumulate(batch)).rejects.toThrow(EngineError);
    await expect(model.predict(batch)).rejects.toThrow(EngineError);
    expect(tf.memory().numTensors).toBe(numTensors);
    await model.dispose();
  });
});
