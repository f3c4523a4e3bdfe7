import { createOnnxEngine } from "../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../src/network/building/build";
import { initialState } from "../../src/network/weights/initialise";

/** Conv5_FC3 for two classes, with the weights of seed 0 and Adam, on onnxruntime. */
export async function convModel(
  inputSize: readonly number[],
  { threads = 2, dropout = 0, learningRate = 1e-4, weightDecay = 0 } = {},
) {
  const network = buildNetwork({
    architecture: "Conv5_FC3",
    inputSize,
    outputSize: 2,
    dropout,
    latentSpaceSize: 1,
    task: "classification",
  });
  const engine = await createOnnxEngine({ threads });
  return await engine.trainer(network, {
    objective: { loss: "CrossEntropyLoss", classes: 2 },
    optimizer: { name: "Adam", learningRate, weightDecay },
    weights: initialState(network, 0),
    dropoutSeed: 0,
  });
}
