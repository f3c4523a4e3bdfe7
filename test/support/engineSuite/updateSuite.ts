/** What every engine owes a weight update: its step, its rates, its clipping. */
import { describe, expect, it } from "vitest";
import { type Engine, EngineError } from "../../../src/engine/engine";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import { expectClose, numbersOf } from "./closeness";
import { floatTensor } from "./layerCases";
import { batchOf, SGD, steady, trainersOf } from "./smallModel";

export function describeUpdates(createEngine: () => Promise<Engine>): void {
  const create = trainersOf(createEngine);

  describe("update", () => {
    it("steps with the mean or the sum of the gradients, and clears them", async () => {
      for (const reduction of ["mean", "sum"] as const) {
        const model = await create({ optimizer: SGD, reduction }, steady);
        await model.accumulate(batchOf(4, 1));
        await model.accumulate(batchOf(4, 2));
        const gradients = await model.gradients();
        const before = (await model.state()).parameters;
        await model.update();
        const after = (await model.state()).parameters;
        expect((await model.gradients()).size).toBe(0);
        await model.dispose();
        for (const [name, gradient] of gradients) {
          const weights = numbersOf(before.get(name)!);
          const slopes = numbersOf(gradient);
          const wanted = Float32Array.from(
            weights,
            (weight, index) => weight - SGD.learningRate * slopes[index]!,
          );
          expectClose(name, after.get(name), floatTensor(gradient.shape, wanted), 1e-6);
        }
      }
    });

    it("moves each group of parameters at its rate", async () => {
      const names = parameterSpecs(steady).flatMap(({ name, kind }) => (kind === "parameter" ? [name] : []));
      const classifies = (name: string) => name.startsWith("fc.");
      const groups = [new Set(names.filter(classifies)), new Set(names.filter((name) => !classifies(name)))];
      const model = await create({ optimizer: SGD, groups }, steady);
      const before = await model.state();
      await model.accumulate(batchOf(4, 1));
      const slopes = await model.gradients();
      await model.update({ rates: [0, 0.25] });
      const after = await model.state();
      await model.dispose();
      for (const [name, gradient] of slopes) {
        const start = before.parameters.get(name)!;
        if (classifies(name)) expect(after.parameters.get(name)).toEqual(start);
        else {
          const gradients = numbersOf(gradient);
          const wanted = Float32Array.from(numbersOf(start), (weight, i) => weight - 0.25 * gradients[i]!);
          expectClose(name, after.parameters.get(name), floatTensor(gradient.shape, wanted), 1e-6);
        }
      }
    });

    it.each([
      { norm: 0.01 },
      { norm: 1e6 },
      { norm: 0.01, type: 1 },
      { norm: 0.01, type: Number.POSITIVE_INFINITY },
      { value: 0.001 },
    ])("clips the mean of the gradients: %j", async (clip) => {
      const frozen = new Set(["fc.4.weight"]);
      const model = await create({ optimizer: SGD, frozen }, steady);
      await model.accumulate(batchOf(4, 1));
      await model.accumulate(batchOf(4, 2));
      const gradients = await model.gradients();
      const before = (await model.state()).parameters;
      await model.update({ clip });
      const after = (await model.state()).parameters;
      await model.dispose();
      const means = new Map([...gradients].map(([name, gradient]) => [name, numbersOf(gradient)]));
      const all = [...means.values()].flatMap((slopes) => [...slopes]);
      const clipped = (slope: number): number => {
        if ("value" in clip) return Math.max(-clip.value, Math.min(clip.value, slope));
        const sizes = all.map(Math.abs);
        const { type = 2 } = clip;
        const total = Number.isFinite(type)
          ? sizes.reduce((powers, size) => powers + size ** type, 0) ** (1 / type)
          : Math.max(...sizes);
        return slope * Math.min(1, clip.norm / (total + 1e-6));
      };
      if (!("norm" in clip && clip.norm > 1)) expect(all.map(clipped)).not.toEqual(all);
      for (const [name, slopes] of means) {
        const weights = numbersOf(before.get(name)!);
        const wanted = Float32Array.from(
          weights,
          (weight, i) => weight - SGD.learningRate * clipped(slopes[i]!),
        );
        expectClose(name, after.get(name), floatTensor(before.get(name)!.shape, wanted), 1e-6);
      }
    });

    it("refuses groups that are not those of the parameters, and rates that are not those of the groups", async () => {
      await expect(create({ groups: [new Set(["fc.2.weight"])] }, steady)).rejects.toThrow(EngineError);
      const model = await create({ optimizer: SGD }, steady);
      await model.accumulate(batchOf(4, 1));
      await expect(model.update({ rates: [0.1, 0.2] })).rejects.toThrow(EngineError);
      await model.dispose();
    });

    it("is refused without gradients", async () => {
      const model = await create();
      await expect(model.update()).rejects.toThrow(EngineError);
      await model.accumulate(batchOf(2, 1));
      await model.update();
      await expect(model.update()).rejects.toThrow(EngineError);
      await model.dispose();
    });
  });
}
