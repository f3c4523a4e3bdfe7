import { describe, expect, it } from "vitest";
import type { Batch, TrainerOptions } from "../../../../src/engine/engine";
import type { Formulation } from "../../../../src/engine/onnx/compilation";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { layerListSchema } from "../../../../src/experiment/schema/customArchitecture";
import { buildNetwork } from "../../../../src/network/building/build";
import type { Network } from "../../../../src/network/network";
import { initialState } from "../../../../src/network/weights/initialise";
import { elementCount } from "../../../../src/network/weights/tensor";
import type { ObjectiveData } from "../../../../src/statistics/losses/losses";
import { expectCloseOnTheWhole, magnitude } from "../../../support/engineSuite/closeness";
import { floatTensor, spread } from "../../../support/engineSuite/layerCases";
import { describeRandomNetworks } from "../../../support/engineSuite/randomNetworkSuite";
import { convolution, POOL } from "../../../support/smallLayers";

const NETWORKS = [
  { architecture: "Conv5_FC3", inputSize: [1, 33, 36, 34], task: "classification" },
  { architecture: "Conv5_FC3", inputSize: [1, 34, 36, 38], task: "classification" },
  { architecture: "Conv5_FC3", inputSize: [1, 34, 2, 35], task: "classification" },
  { architecture: "Conv5_FC3", inputSize: [3, 50, 47], task: "classification" },
  { architecture: "Stride_Conv5_FC3", inputSize: [1, 35, 36, 34], task: "regression" },
  { architecture: "resnet18", inputSize: [3, 65, 70], task: "classification" },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 33, 36, 34], task: "reconstruction" },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 32, 64, 48], task: "reconstruction" },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 64, 47], task: "reconstruction" },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 64, 32], task: "reconstruction" },
  { architecture: "CAE_half", inputSize: [1, 20, 17, 18], task: "reconstruction" },
] as const;

/** Activations and pools without a norm. */
const OWN_NETWORKS = [
  {
    name: "ReLU, MaxPool",
    activation: { layer: "ReLU" },
    pool: { layer: "MaxPool", kernel_size: 2, padding: 0 },
  },
  {
    name: "ReLU, MaxPool with gaps",
    activation: { layer: "ReLU" },
    pool: { layer: "MaxPool", kernel_size: 2, stride: 3, padding: 0 },
  },
  {
    name: "LeakyReLU, MaxPool with gaps and padding",
    activation: { layer: "LeakyReLU", negative_slope: 0.2 },
    pool: { layer: "MaxPool", kernel_size: 2, stride: 3, padding: 1 },
  },
  { name: "ReLU, PadMaxPool", activation: { layer: "ReLU" }, pool: POOL },
  {
    name: "LeakyReLU, PadMaxPool",
    activation: { layer: "LeakyReLU", negative_slope: 0.2 },
    pool: { layer: "PadMaxPool", kernel_size: 3 },
  },
  {
    name: "LeakyReLU that is steeper below 0, PadMaxPool",
    activation: { layer: "LeakyReLU", negative_slope: 3 },
    pool: POOL,
  },
] as const;

const BATCH = 3;

describe("the fast formulation", () => {
  describeRandomNetworks(() => createOnnxEngine({ threads: 1, formulation: "fast" }));

  it.each(NETWORKS)("agrees with the plain one: $architecture, $inputSize", async (request) => {
    const outputSize = 1 + Number(request.task === "classification");
    await expectAgreement(
      buildNetwork({ ...request, outputSize, dropout: 0, latentSpaceSize: 8 }),
      request.task,
    );
  });

  it.each(OWN_NETWORKS)(
    "agrees with the plain one: $name, and an autoencoder of it",
    async ({ activation, pool }) => {
      const conv = convolution(4);
      const architecture = {
        convolutions: [conv, activation, pool, conv, activation, pool],
        fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }],
      } as const;
      for (const task of ["classification", "reconstruction"] as const) {
        for (const inputSize of [
          [1, 13, 18, 15],
          [1, 12, 18, 16],
          [2, 22, 19],
        ]) {
          const settings = { architecture, inputSize, outputSize: 2, dropout: 0, latentSpaceSize: 8 };
          await expectAgreement(buildNetwork({ ...settings, task }), task);
        }
      }
    },
  );

  it.each<[string, object, object]>([
    ["another kernel", { kernel_size: 5 }, {}],
    ["a stride", { stride: 2 }, {}],
    ["another padding", { padding: 2 }, {}],
    ["a pool of single voxels", {}, { kernel_size: 1, stride: 2 }],
    ["a pool with padding", {}, { padding: 1 }],
  ])(
    "agrees with the plain one where the layout by places does not fit: %s",
    async (_, convolved, pooled) => {
      const convolution = { layer: "Conv", out_channels: 4, kernel_size: 3, padding: 1, ...convolved };
      const pool = { layer: "MaxPool", kernel_size: 2, stride: 2, padding: 0, ...pooled };
      const architecture = layerListSchema.parse({
        convolutions: [convolution, { layer: "ReLU" }, pool],
        fc: [{ layer: "Flatten" }, { layer: "Linear" }],
      });
      const settings = { inputSize: [1, 12, 16, 20], outputSize: 2, dropout: 0, latentSpaceSize: 8 };
      const network = buildNetwork({ architecture, ...settings, task: "classification" });
      await expectAgreement(network, "classification");
    },
  );

  it("gives the bias of a convolution before a batch norm the gradient 0", async () => {
    const network = buildNetwork({ ...NETWORKS[0], outputSize: 2, dropout: 0, latentSpaceSize: 1 });
    const { gradients } = await passOf(network, "classification", "fast");
    for (const name of [0, 4, 8, 12, 16].map((position) => `convolutions.${position}.bias`)) {
      expect(magnitude(gradients.get(name)!), name).toBe(0);
    }
  });
});

type Task = (typeof NETWORKS)[number]["task"];

async function expectAgreement(network: Network, task: Task): Promise<void> {
  const [plain, fast] = [await passOf(network, task, "plain"), await passOf(network, task, "fast")];
  expect(Math.abs(fast.loss / plain.loss - 1)).toBeLessThan(1e-5);
  expect([...fast.gradients.keys()].sort()).toEqual([...plain.gradients.keys()].sort());
  for (const [name, gradient] of plain.gradients) {
    if (magnitude(gradient) > 0) expectCloseOnTheWhole(name, fast.gradients.get(name), gradient, 1e-4);
  }
  for (const [name, tensor] of plain.state) expectCloseOnTheWhole(name, fast.state.get(name), tensor, 1e-5);
  expectCloseOnTheWhole("outputs", fast.outputs, plain.outputs, 1e-4);
}

/** Everything that comes out of one training batch and the evaluation after it. */
async function passOf(network: Network, task: Task, formulation: Formulation) {
  const engine = await createOnnxEngine({ threads: 1, formulation });
  const objective: ObjectiveData =
    task === "classification" ? { loss: "CrossEntropyLoss", classes: 2 } : { loss: "MSELoss" };
  const options: TrainerOptions = {
    objective,
    optimizer: { name: "Adam", learningRate: 1e-3, weightDecay: 0 },
    weights: initialState(network, 1),
    dropoutSeed: 0,
  };
  const shape = [BATCH, ...network.inputSize];
  const image = floatTensor(shape, spread(elementCount(shape), 5)).data;
  const values = task === "reconstruction" ? image : Float32Array.of(0.5, -1, 2);
  const batch: Batch = {
    size: BATCH,
    inputs: { image },
    targets: { classes: Int32Array.of(0, 1, 1), values },
  };
  const model = await engine.trainer(network, options);
  const loss = await model.accumulate(batch);
  const gradients = await model.gradients();
  const { parameters: state } = await model.state();
  const outputs = await model.predict(batch);
  await model.dispose();
  return { loss, gradients, state, outputs };
}
