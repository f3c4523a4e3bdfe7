/** Steps of training of whole networks, against the engine on the processor. */
import { describe, expect, it } from "vitest";
import type { Batch, Engine } from "../../../../src/engine/engine";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../../../src/network/building/build";
import { initialState } from "../../../../src/network/weights/initialise";
import { elementCount } from "../../../../src/network/weights/tensor";
import { spread } from "../../../support/engineSuite/layerCases";
import { hasSoftwareCard } from "../../../support/webGpu";
import { createSoftwareEngine } from "../../../support/webGpuEngine";

const STEPS = 5;

const ADAM = { name: "Adam", learningRate: 1e-4, weightDecay: 1e-4 } as const;
const SGD = {
  name: "SGD",
  hyperparameters: { momentum: 0.9 },
  learningRate: 1e-4,
  weightDecay: 1e-4,
} as const;

const NETWORKS = [
  { architecture: "Conv5_FC3", inputSize: [1, 25, 31, 27], size: 2, optimizer: ADAM },
  { architecture: "AE_Conv5_FC3", inputSize: [1, 25, 31, 27], size: 2, optimizer: ADAM },
  // After larger steps two orders of sums on one processor already make curves that part in the third digit: its last maps have few places,
  // and where one of them crosses the kink of a ReLU the gradients differ.
  { architecture: "resnet18", inputSize: [3, 33, 36], size: 4, optimizer: SGD },
  // Of patches of 16 voxels.
  { architecture: "Conv4_FC3", inputSize: [1, 16, 16, 16], size: 6, optimizer: ADAM },
] as const;

type Trained = (typeof NETWORKS)[number];

/** The losses of five steps. */
async function curveOn(
  engine: Engine,
  { architecture, inputSize, size, optimizer }: Trained,
): Promise<number[]> {
  const task = architecture === "AE_Conv5_FC3" ? "reconstruction" : "classification";
  const network = buildNetwork({
    architecture,
    inputSize,
    outputSize: 2,
    dropout: 0.2,
    latentSpaceSize: 1,
    task,
  });
  const model = await engine.trainer(network, {
    objective: task === "classification" ? { loss: "CrossEntropyLoss", classes: 2 } : { loss: "MSELoss" },
    optimizer,
    weights: initialState(network, 0),
    dropoutSeed: 3,
  });
  const image = Float32Array.from(spread(size * elementCount(inputSize), 5, 0, 1));
  const batch: Batch = {
    size,
    inputs: { image },
    targets: { classes: Int32Array.from({ length: size }, (_, place) => place % 2), values: image },
  };
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    losses.push(await model.accumulate(batch));
    await model.update();
  }
  await model.dispose();
  return losses;
}

describe.skipIf(!hasSoftwareCard)("a training on WebGPU", () => {
  it.each(NETWORKS)("has the curve of ONNX: $architecture, $inputSize", async (trained) => {
    const wanted = await curveOn(await createOnnxEngine({ threads: 1 }), trained);
    const losses = await curveOn(await createSoftwareEngine(), trained);
    expect(wanted.at(-1)).toBeLessThan(wanted[0]!);
    losses.forEach((loss, step) => {
      expect(Math.abs(loss / wanted[step]! - 1), `loss ${step}: ${loss}, ${wanted[step]}`).toBeLessThan(1e-5);
    });
  });

  it("has the same bits when it is done again", async () => {
    const [, , , patches] = NETWORKS;
    const first = await curveOn(await createSoftwareEngine(), patches);
    expect(await curveOn(await createSoftwareEngine(), patches)).toEqual(first);
  });
});
