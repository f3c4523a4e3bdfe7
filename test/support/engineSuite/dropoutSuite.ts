/** What every engine owes dropout: masks by share, seed and batch. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { INPUT_PARAMETER, modelOf, transposed } from "./layerCases";
import { batchOf, trainersOf } from "./smallModel";

export function describeDropout(createEngine: () => Promise<Engine>): void {
  const create = trainersOf(createEngine);

  describe("dropout", () => {
    const probability = 0.3;
    const dropout = {
      name: "dropout",
      layers: [{ kind: "Dropout", probability }] as const,
      input: [4, 2, 5, 6, 7],
      offset: 3,
      background: 0,
    };

    it("zeroes that share of the elements and scales the others up", async () => {
      const { model, batch } = await modelOf(await createEngine(), dropout);
      const { outputs } = await model.evaluate(batch);
      // The gradient of the loss is 2 (y - target) / n times the mask; y is the mask times the input.
      await model.accumulate({ ...batch, targets: { values: new Float32Array(outputs.data.length) } });
      const gradient = (await model.gradients()).get(INPUT_PARAMETER)!;
      await model.dispose();
      if (gradient.dtype !== "float32") throw new Error("The gradient by the input is float32.");
      const masks = transposed(gradient).data.map((slope, index) =>
        Math.sqrt((slope * outputs.data.length) / 2 / outputs.data[index]!),
      );
      const kept = masks.filter((mask) => mask > 0.5);
      for (const mask of kept) expect(mask).toBeCloseTo(1 / (1 - probability), 5);
      expect(masks.filter((mask) => mask < 1e-6).length).toBe(masks.length - kept.length);
      // Four standard deviations of a binomial distribution.
      const spreadOfShare = 4 * Math.sqrt((probability * (1 - probability)) / masks.length);
      expect(Math.abs(1 - kept.length / masks.length - probability)).toBeLessThan(spreadOfShare);
    });

    it("draws another mask for each batch, and the same for the same batch of the same seed", async () => {
      const lossesOf = async (dropoutSeed: number) => {
        const model = await create({ dropoutSeed });
        const losses = [await model.accumulate(batchOf(4, 1)), await model.accumulate(batchOf(4, 1))];
        await model.dispose();
        return losses;
      };
      const losses = await lossesOf(11);
      expect(losses[1]).not.toBe(losses[0]);
      expect(await lossesOf(11)).toEqual(losses);
      expect(await lossesOf(12)).not.toEqual(losses);
    });

    it("does nothing in evaluation", async () => {
      const model = await create();
      const [first, second] = [await model.evaluate(batchOf(3, 1)), await model.evaluate(batchOf(3, 1))];
      await model.dispose();
      expect(second).toEqual(first);
    });
  });
}
