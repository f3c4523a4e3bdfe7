/** What a network answers whose weights are not numbers, which a training that failed leaves: nothing that looks like an answer. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { buildNetwork, type NetworkRequest } from "../../../src/network/building/build";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount } from "../../../src/network/weights/tensor";
import type { ObjectiveData } from "../../../src/statistics/losses/losses";
import { convolution, NORM, POOL } from "../smallLayers";
import { ADAM, floatTensor, spread } from "./layerCases";

const INPUT_SIZE = [1, 6, 4, 8];
const SAMPLES = 3;

const conv = convolution(2);
const pools = [{ layer: "MaxPool", kernel_size: 2, padding: 0 }, POOL] as const;
const fc = [
  { layer: "Flatten" },
  { layer: "Linear", out_features: 3, bias: true },
  { layer: "ReLU" },
  { layer: "Linear", bias: true },
] as const;

export function describeBrokenWeights(createEngine: () => Promise<Engine>): void {
  describe.each(pools)("behind a $layer", (pool) => {
    it.each(["convolutions.0.weight", "convolutions.1.running_var", "fc.1.weight"])(
      "makes %s that is NaN every answer NaN",
      async (name) => {
        const architecture = { convolutions: [conv, NORM, { layer: "ReLU" }, pool], fc } as const;
        const { outputs, losses } = await answers(architecture, "classification", name);
        expect([...outputs, ...losses].every(Number.isNaN)).toBe(true);
      },
    );

    it("makes a weight that is NaN every answer NaN where there is no norm", async () => {
      const architecture = { convolutions: [conv, { layer: "ReLU" }, pool], fc } as const;
      const { outputs, losses, loss } = await answers(
        architecture,
        "classification",
        "convolutions.0.weight",
      );
      expect([...outputs, ...losses, loss].every(Number.isNaN)).toBe(true);
    });

    it.each([
      ["", [conv, { layer: "ReLU" }, pool]],
      [" with a norm", [conv, NORM, { layer: "ReLU" }, pool]],
    ] as const)("makes a weight that is NaN every image of an autoencoder%s NaN", async (_, convolutions) => {
      const { outputs, losses, loss } = await answers({ convolutions }, "reconstruction", "encoder.0.weight");
      expect([...outputs, ...losses, loss].every(Number.isNaN)).toBe(true);
    });
  });

  /** Of a network of which the weight `broken` is NaN: what it answers, the losses, and that of a batch of training. */
  async function answers(
    architecture: NetworkRequest["architecture"],
    task: "classification" | "reconstruction",
    broken: string,
  ) {
    const network = buildNetwork({
      architecture,
      inputSize: INPUT_SIZE,
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 1,
      task,
    });
    const state = new Map(initialState(network, 5));
    const { shape, data } = state.get(broken)!;
    state.set(broken, floatTensor(shape, Array<number>(data.length).fill(Number.NaN)));
    const objective: ObjectiveData =
      task === "classification" ? { loss: "CrossEntropyLoss", classes: 2 } : { loss: "MSELoss" };
    const engine = await createEngine();
    const model = await engine.trainer(network, {
      objective,
      optimizer: ADAM,
      weights: state,
      dropoutSeed: 0,
    });
    const image = Float32Array.from(spread(SAMPLES * elementCount(INPUT_SIZE), 1));
    const targets = task === "classification" ? { classes: Int32Array.of(0, 1, 1) } : { values: image };
    const batch = { size: SAMPLES, inputs: { image }, targets };
    const { outputs, losses } = await model.evaluate(batch);
    const loss = await model.accumulate(batch);
    await model.dispose();
    return { outputs: outputs.data, losses, loss };
  }
}
