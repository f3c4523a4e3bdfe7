import type { Engine, Trainer } from "../../src/engine/engine";
import { createOnnxEngine } from "../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../src/network/building/build";
import { initialState } from "../../src/network/weights/initialise";

/** Conv5_FC3 for two classes, with the weights of seed 0 and Adam: on onnxruntime, or on another engine. */
export async function convModel(
  inputSize: readonly number[],
  {
    engine = undefined as Engine | undefined,
    threads = 2,
    dropout = 0,
    learningRate = 1e-4,
    weightDecay = 0,
  } = {},
): Promise<Trainer> {
  const network = buildNetwork({
    architecture: "Conv5_FC3",
    inputSize,
    outputSize: 2,
    dropout,
    latentSpaceSize: 1,
    task: "classification",
  });
  const computing = engine ?? (await createOnnxEngine({ threads }));
  return await computing.trainer(network, {
    objective: { loss: "CrossEntropyLoss", classes: 2 },
    optimizer: { name: "Adam", learningRate, weightDecay },
    weights: initialState(network, 0),
    dropoutSeed: 0,
  });
}
