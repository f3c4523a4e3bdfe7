import { describe, expect, it } from "vitest";
import type { Batch, ModelOptions, Objective } from "../../../../src/engine/engine";
import type { Formulation } from "../../../../src/engine/onnx/compilation";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../../../src/network/build";
import { initialState } from "../../../../src/network/initialise";
import type { Network } from "../../../../src/network/network";
import { elementCount } from "../../../../src/network/tensor";
import { expectCloseOnTheWhole, magnitude } from "../../../support/engineSuite/closeness";
import { floatTensor, spread } from "../../../support/engineSuite/layerCases";

const NETWORKS = [
  { architecture: "Conv5_FC3", inputSize: [1, 33, 36, 34], task: "classification" },
  { architecture: "Conv5_FC3", inputSize: [1, 34, 36, 38], task: "classification" },
  { architecture: "Conv5_FC3", inputSize: [3, 50, 47], task: "classification" },
  { architecture: "Stride_Conv5_FC3", inputSize: [1, 35, 36, 34], task: "regression" },
  { architecture: "resnet18", inputSize: [3, 65, 70], task: "classification" },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 33, 36, 34], task: "reconstruction" },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 64, 47], task: "reconstruction" },
  { architecture: "CAE_half", inputSize: [1, 20, 17, 18], task: "reconstruction" },
] as const;

const BATCH = 3;

describe("the fast formulation", () => {
  it.each(NETWORKS)("agrees with the plain one: $architecture, $inputSize", async (request) => {
    const network = buildNetwork({
      ...request,
      outputSize: 1 + Number(request.task === "classification"),
      dropout: 0,
      latentSpaceSize: 8,
    });
    const [plain, fast] = [
      await passOf(network, request.task, "plain"),
      await passOf(network, request.task, "fast"),
    ];
    expect(Math.abs(fast.loss / plain.loss - 1)).toBeLessThan(1e-5);
    expect([...fast.gradients.keys()].sort()).toEqual([...plain.gradients.keys()].sort());
    for (const [name, gradient] of plain.gradients) {
      if (magnitude(gradient) > 0) expectCloseOnTheWhole(name, fast.gradients.get(name), gradient, 1e-4);
    }
    for (const [name, tensor] of plain.state) expectCloseOnTheWhole(name, fast.state.get(name), tensor, 1e-5);
    expectCloseOnTheWhole("outputs", fast.outputs, plain.outputs, 1e-4);
  });

  it("gives the bias of a convolution before a batch norm the gradient 0", async () => {
    const network = buildNetwork({ ...NETWORKS[0], outputSize: 2, dropout: 0, latentSpaceSize: 1 });
    const { gradients } = await passOf(network, "classification", "fast");
    for (const name of [0, 4, 8, 12, 16].map((position) => `convolutions.${position}.bias`)) {
      expect(magnitude(gradients.get(name)!), name).toBe(0);
    }
  });
});

/** Everything that comes out of one training batch and the evaluation after it. */
async function passOf(network: Network, task: (typeof NETWORKS)[number]["task"], formulation: Formulation) {
  const engine = await createOnnxEngine({ threads: 1, formulation });
  const objective: Objective =
    task === "classification" ? { loss: "CrossEntropyLoss", classes: 2 } : { loss: "MSELoss" };
  const options: ModelOptions = {
    optimizer: { name: "Adam", learningRate: 1e-3, weightDecay: 0 },
    state: initialState(network, 1),
    dropoutSeed: 0,
  };
  const shape = [BATCH, ...network.inputSize];
  const batch: Batch = {
    size: BATCH,
    input: floatTensor(shape, spread(elementCount(shape), 5)).data,
    target: task === "classification" ? Int32Array.of(0, 1, 1) : Float32Array.of(0.5, -1, 2),
  };
  const model = await engine.create(network, objective, options);
  const loss = await model.accumulate(batch);
  const gradients = await model.gradients();
  const { parameters: state } = await model.state();
  const outputs = await model.predict(BATCH, batch.input);
  await model.dispose();
  return { loss, gradients, state, outputs };
}
