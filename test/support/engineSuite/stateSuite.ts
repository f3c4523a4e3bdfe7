/** What every engine owes a resumption: all that training changes, as copies, and back again. */
import { describe, expect, it } from "vitest";
import type { Engine, Trainer } from "../../../src/engine/engine";
import { initialState } from "../../../src/network/weights/initialise";
import { batchOf, network, trainersOf } from "./smallModel";

export function describeState(createEngine: () => Promise<Engine>): void {
  const create = trainersOf(createEngine);

  describe("state and load", () => {
    it("go on as if training had never stopped", async () => {
      const model = await create();
      await model.accumulate(batchOf(4, 1));
      await model.update();
      const saved = await model.state();
      const continueWith = async (resumed: Trainer) => {
        const losses: number[] = [];
        for (const salt of [2, 3]) {
          losses.push(await resumed.accumulate(batchOf(4, salt)));
          await resumed.update();
        }
        const state = await resumed.state();
        await resumed.dispose();
        return { losses, state };
      };
      const resumed = await create({ weights: initialState(network, 6) });
      await resumed.accumulate(batchOf(4, 9));
      await resumed.load(saved);
      expect(await continueWith(resumed)).toEqual(await continueWith(model));
    });

    it("keep PyTorch's order of names, and give copies", async () => {
      const model = await create();
      const { parameters, batches } = await model.state();
      const weight = parameters.get("fc.2.weight")!.data.slice();
      await model.accumulate(batchOf(4, 1));
      await model.update();
      await model.dispose();
      expect([...parameters.keys()]).toEqual([...initialState(network, 5).keys()]);
      expect(parameters.get("fc.2.weight")!.data).toEqual(weight);
      expect(batches).toBe(0);
    });
  });

  it("takes weights that somebody has averaged, with counters that have decimals", async () => {
    const state = new Map(initialState(network, 5));
    const counter = "convolutions.1.num_batches_tracked";
    state.set(counter, { dtype: "float32", shape: [], data: Float32Array.of(12.5) });
    const model = await create({ weights: state });
    const { parameters } = await model.state();
    await model.dispose();
    expect(parameters.get(counter)?.data).toEqual(BigInt64Array.of(12n));
  });
}
