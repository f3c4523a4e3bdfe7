/** What every engine owes whoever asks for answers. */
import { describe, expect, it } from "vitest";
import { type Engine, EngineError } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount } from "../../../src/network/weights/tensor";
import { convolution } from "../smallLayers";
import { expectClose } from "./closeness";
import { spread } from "./layerCases";
import { batchOf, INPUT_SIZE, network, trainersOf } from "./smallModel";

export function describeAnswers(createEngine: () => Promise<Engine>): void {
  const create = trainersOf(createEngine);

  describe("evaluate and predict", () => {
    it("give the same outputs, whatever stands beside an image in the batch", async () => {
      const model = await create();
      const batch = batchOf(3, 1);
      const { outputs, losses } = await model.evaluate(batch);
      const image = batch.inputs.image.subarray(elementCount(INPUT_SIZE), 2 * elementCount(INPUT_SIZE));
      const alone = await model.predict({ size: 1, inputs: { image } });
      await model.dispose();
      expect(outputs.shape).toEqual([3, 2]);
      expect(losses.length).toBe(3);
      expectClose("outputs", alone, { ...alone, data: outputs.data.slice(2, 4) }, 1e-6);
    });

    it("compare an autoencoder with what the batch says, not with what went in", async () => {
      const autoencoder = buildNetwork({
        architecture: {
          convolutions: [convolution(2), { layer: "ReLU" }, { layer: "MaxPool", kernel_size: 2, padding: 0 }],
        },
        inputSize: [1, 6, 4, 8],
        outputSize: 1,
        dropout: 0,
        latentSpaceSize: 1,
        task: "reconstruction",
      });
      const model = await create({ objective: { loss: "MSELoss" } }, autoencoder);
      const image = Float32Array.from(spread(2 * elementCount(autoencoder.inputSize), 1));
      const batch = { size: 2, inputs: { image }, targets: { values: image.map(() => 0) } };
      const { outputs, losses } = await model.evaluate(batch);
      const squares = [...outputs.data].map((value) => value ** 2);
      const wanted = squares.reduce((sum, square) => sum + square, 0) / squares.length;
      expect((losses[0]! + losses[1]!) / 2).toBeCloseTo(wanted, 6);
      // Without norm and dropout training computes what evaluation computes.
      expect(await model.accumulate(batch)).toBeCloseTo(wanted, 6);
      const itself = { ...batch, targets: { values: image } };
      const { losses: ofItself } = await model.evaluate(itself);
      expect(await model.accumulate(itself)).toBeCloseTo((ofItself[0]! + ofItself[1]!) / 2, 6);
      expect(ofItself[0]).not.toBeCloseTo(losses[0]!, 3);
      await model.dispose();
    });

    it("are those of a model that only answers, whose weights can be exchanged", async () => {
      const [first, second] = [initialState(network, 5), initialState(network, 6)];
      const [trainer, other] = [await create({ weights: first }), await create({ weights: second })];
      const predictor = await (await createEngine()).predictor(network, first);
      const batch = batchOf(3, 1);
      const answers = async () => [await trainer.predict(batch), await predictor.predict(batch)];
      const [wanted, found] = await answers();
      expect(found).toEqual(wanted);
      const [slopes, same] = [
        await trainer.saliency(batch, 1, "input"),
        await predictor.saliency(batch, 1, "input"),
      ];
      expect(same).toEqual(slopes);
      const seen = await predictor.observe(batch, ["features"]);
      expect(seen).toEqual(await trainer.observe(batch, ["features"]));
      expect(seen.outputs).toEqual(wanted);
      expect(seen.inner.get("features")?.shape).toEqual([3, 3, 3, 3, 4]);
      const short = new Map([...second].slice(1));
      await expect(predictor.setWeights(short)).rejects.toThrow(EngineError);
      expect(await predictor.predict(batch)).toEqual(wanted);
      await predictor.setWeights(second);
      await trainer.setWeights(second);
      const exchanged = await other.predict(batch);
      expect(await answers()).toEqual([exchanged, exchanged]);
      expect((await trainer.state()).parameters).toEqual((await other.state()).parameters);
      await Promise.all([trainer.dispose(), other.dispose(), predictor.dispose()]);
    });

    it("leave the state alone", async () => {
      const model = await create();
      const before = await model.state();
      await model.evaluate(batchOf(3, 1));
      const after = await model.state();
      await model.dispose();
      expect(after).toEqual(before);
    });
  });
}
