/** What every engine owes the batches of one update. */

import { describe, expect, it } from "vitest";
import type { Batch, Engine } from "../../../src/engine/engine";
import { initialState } from "../../../src/network/weights/initialise";
import type { StateDict } from "../../../src/network/weights/tensor";
import { expectClose, numbersOf } from "./closeness";
import { floatTensor } from "./layerCases";
import { batchOf, network, steady, trainersOf } from "./smallModel";

export function describeAccumulation(createEngine: () => Promise<Engine>): void {
  const create = trainersOf(createEngine);

  describe("accumulate", () => {
    it("has the gradient of one batch for two that are the same, and twice that where it sums", async () => {
      for (const [reduction, factor] of [
        ["mean", 1],
        ["sum", 2],
      ] as const) {
        const model = await create({ reduction }, steady);
        await model.accumulate(batchOf(4, 1));
        const first = await model.gradients();
        await model.accumulate(batchOf(4, 1));
        const both = await model.gradients();
        await model.dispose();
        expect([...both.keys()]).toEqual([...first.keys()]);
        for (const [name, gradient] of both) {
          expectClose(name, gradient, scaled(first, name, factor), 1e-6, 1e-3);
        }
      }
    });

    it("adds up batches of any size where it sums", async () => {
      const gradientsOf = async (...batches: readonly Batch[]) => {
        const model = await create({ reduction: "sum" }, steady);
        for (const batch of batches) await model.accumulate(batch);
        const gradients = await model.gradients();
        await model.dispose();
        return gradients;
      };
      const [large, small] = [batchOf(4, 1), batchOf(2, 2)];
      const [ofLarge, ofSmall] = [await gradientsOf(large), await gradientsOf(small)];
      for (const [name, sum] of await gradientsOf(large, small)) {
        const summand = numbersOf(ofSmall.get(name)!);
        const wanted = numbersOf(ofLarge.get(name)!).map((value, i) => value + summand[i]!);
        expectClose(name, sum, floatTensor(sum.shape, wanted), 1e-6, 1e-3);
      }
    });

    it("takes a short last batch", async () => {
      const model = await create({}, steady);
      const losses = [await model.accumulate(batchOf(4, 1)), await model.accumulate(batchOf(1, 2))];
      await model.update();
      await model.dispose();
      expect(losses.every(Number.isFinite)).toBe(true);
    });

    it("gives no gradient to frozen parameters, and the same one to the others", async () => {
      const frozen = new Set(["convolutions.0.weight", "convolutions.0.bias", "convolutions.1.weight"]);
      const [free, model] = [await create({}, steady), await create({ frozen }, steady)];
      await free.accumulate(batchOf(4, 1));
      await model.accumulate(batchOf(4, 1));
      const [all, rest] = [await free.gradients(), await model.gradients()];
      const before = (await model.state()).parameters;
      await model.update();
      const after = (await model.state()).parameters;
      await Promise.all([free.dispose(), model.dispose()]);

      expect([...rest.keys()]).toEqual([...all.keys()].filter((name) => !frozen.has(name)));
      for (const [name, gradient] of rest) expectClose(name, gradient, all.get(name)!, 1e-6, 1e-3);
      for (const name of frozen) expect(after.get(name)).toEqual(before.get(name));
      expect(after.get("fc.4.weight")).not.toEqual(before.get("fc.4.weight"));
    });

    it("moves running statistics and counts batches, also where all is frozen", async () => {
      const frozen = new Set(initialState(network, 5).keys());
      const model = await create({ frozen });
      await model.accumulate(batchOf(4, 1));
      await model.accumulate(batchOf(4, 2));
      const { parameters } = await model.state();
      await model.dispose();
      expect(parameters.get("convolutions.1.num_batches_tracked")?.data[0]).toBe(2n);
      expect(parameters.get("convolutions.1.running_mean")?.data.some((mean) => mean !== 0)).toBe(true);
      expect(parameters.get("convolutions.0.weight")).toEqual(
        initialState(network, 5).get("convolutions.0.weight"),
      );
    });
  });
}

function scaled(state: StateDict, name: string, factor: number) {
  const tensor = state.get(name)!;
  return floatTensor(
    tensor.shape,
    numbersOf(tensor).map((value) => value * factor),
  );
}
