/** What lies on the device: a step gives back all that it takes, and so does one that fails. */
import { afterEach, describe, expect, it } from "vitest";
import { type Batch, EngineError, type Trainer } from "../../../../src/engine/engine";
import type { TensorFlow } from "../../../../src/engine/tensorflow/library/tensorFlow";
import { createTensorFlowEngine } from "../../../../src/engine/tensorflow/tensorFlowEngine";
import { buildNetwork } from "../../../../src/network/building/build";
import type { Network } from "../../../../src/network/network";
import { initialState } from "../../../../src/network/weights/initialise";
import { spread } from "../../../support/engineSuite/layerCases";
import { tf } from "../../../support/tensorFlow";

const INPUT_SIZE = [1, 5, 4, 3];
const INPUT_LENGTH = 5 * 4 * 3;

const network = buildNetwork({
  architecture: {
    convolutions: [
      {
        layer: "Conv",
        out_channels: 2,
        kernel_size: 3,
        stride: 1,
        padding: 1,
        dilation: 1,
        groups: 1,
        bias: true,
      },
      { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 },
      { layer: "LeakyReLU", negative_slope: 0.1 },
      { layer: "PadMaxPool", kernel_size: 2 },
    ],
    fc: [{ layer: "Flatten" }, { layer: "Dropout" }, { layer: "Linear", bias: true }],
  },
  inputSize: INPUT_SIZE,
  outputSize: 2,
  dropout: 0.5,
  latentSpaceSize: 1,
  task: "classification",
});

const autoencoder = buildNetwork({
  architecture: {
    convolutions: [
      {
        layer: "Conv",
        out_channels: 2,
        kernel_size: 3,
        stride: 1,
        padding: 1,
        dilation: 1,
        groups: 1,
        bias: true,
      },
      { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 },
      { layer: "ReLU" },
      { layer: "PadMaxPool", kernel_size: 2 },
    ],
  },
  inputSize: INPUT_SIZE,
  outputSize: 1,
  dropout: 0,
  latentSpaceSize: 1,
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

describe("a device without enough memory", () => {
  /** TensorFlow.js that has no memory left for a LeakyReLU. */
  const scarce: TensorFlow = {
    ...tf,
    leakyRelu: () => {
      throw new Error(
        "Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[8,169,208,179,8] and type float on " +
          "/job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc",
      );
    },
  };

  it("is an error that names batch size and accumulation_steps", async () => {
    const model = await create(network, scarce);
    const attempt = model.accumulate(batch);
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(
      /not enough memory on GPU \(NVIDIA A100\) for a batch of 2.*batch_size smaller and accumulation_steps larger/,
    );
    await model.dispose();
  });

  it("is the same error where an update finds no room", async () => {
    const model = await create(network, { ...tf, sqrt: scarce.leakyRelu });
    await model.accumulate(batch);
    await expect(model.update()).rejects.toThrow(/not enough memory on GPU .* for an update of the weights/);
    await model.dispose();
  });

  it("has back all that the failed step had taken", async () => {
    const model = await create(network, scarce);
    const { numTensors } = tf.memory();
    await expect(model.accumulate(batch)).rejects.toThrow(EngineError);
    await expect(model.predict(batch)).rejects.toThrow(EngineError);
    expect(tf.memory().numTensors).toBe(numTensors);
    await model.dispose();
  });
});

describe("any other failure of TensorFlow", () => {
  it("says what TensorFlow said", async () => {
    const broken: TensorFlow = {
      ...tf,
      leakyRelu: () => {
        throw new Error("Invalid TF_Status: 13\nMessage: cuDNN launch failure");
      },
    };
    const model = await create(network, broken);
    await expect(model.accumulate(batch)).rejects.toThrow(
      /TensorFlow could not compute a batch of 2 on GPU \(NVIDIA A100\): .*cuDNN launch failure/s,
    );
    await model.dispose();
  });
});
