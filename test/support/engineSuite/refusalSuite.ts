/** What every engine refuses, and how it says so. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import { initialState } from "../../../src/network/weights/initialise";
import { ADAM, batchOf, CLASSES, network, trainersOf } from "./smallModel";

export function describeRefusals(createEngine: () => Promise<Engine>): void {
  const create = trainersOf(createEngine);

  describe("refusals", () => {
    it("names every weight that is missing or of another shape", async () => {
      const state = new Map(initialState(network, 5));
      state.delete("fc.2.bias");
      state.set("fc.4.bias", { dtype: "float32", shape: [7], data: new Float32Array(7) });
      await expect(create({ weights: state })).rejects.toThrow(
        /fc\.2\.bias is missing.*fc\.4\.bias is \[7\]/,
      );
    });

    it("says which class code does not exist", async () => {
      const model = await create();
      const batch = { ...batchOf(2, 1), targets: { classes: Int32Array.of(0, 2) } };
      await expect(model.accumulate(batch)).rejects.toThrow("class code is 2");
      await expect(model.evaluate(batch)).rejects.toThrow("class code is 2");
      await model.dispose();
    });

    it("says that a batch does not say what its objective compares with", async () => {
      const model = await create();
      const batch = { ...batchOf(2, 1), targets: { values: Float32Array.of(0, 1) } };
      await expect(model.accumulate(batch)).rejects.toThrow("A batch of 2 has 0 class codes");
      await expect(model.evaluate(batch)).rejects.toThrow("A batch of 2 has 0 class codes");
      await model.dispose();
    });

    it("says that a batch has not the size of its images", async () => {
      const model = await create();
      await expect(model.predict({ size: 2, inputs: { image: new Float32Array(5) } })).rejects.toThrow(
        "5 values",
      );
      await model.dispose();
    });

    it("says that the outputs are not those of the classes", async () => {
      const engine = await createEngine();
      const options = { optimizer: ADAM, weights: initialState(network, 5), dropoutSeed: 0 };
      const objective = { ...CLASSES, classes: 3 };
      await expect(engine.trainer(network, { ...options, objective })).rejects.toThrow("3 classes");
    });

    it("says that an autoencoder gives no classes", async () => {
      const autoencoder = buildNetwork({
        architecture: "AE_Conv5_FC3",
        inputSize: [1, 33, 33],
        outputSize: 1,
        dropout: 0,
        latentSpaceSize: 1,
        task: "reconstruction",
      });
      await expect(create({}, autoencoder)).rejects.toThrow("1x33x33 values for 2 classes");
    });

    it("says that one voxel of one image cannot be normalised", async () => {
      const tiny = buildNetwork({
        architecture: "Conv5_FC3",
        inputSize: [1, 16, 16, 16],
        outputSize: 2,
        dropout: 0,
        latentSpaceSize: 1,
        task: "classification",
      });
      const model = await create({}, tiny);
      const image = new Float32Array(16 ** 3);
      const batch = { size: 1, inputs: { image }, targets: { classes: Int32Array.of(0) } };
      await expect(model.accumulate(batch)).rejects.toThrow("batches of at least 2");
      await model.dispose();
    });
  });
}
