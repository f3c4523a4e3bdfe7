/** The losses that compare values, against PyTorch in float64 (golden i_layers) and against finite differences. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Batch, Engine } from "../../../src/engine/engine";
import type { FloatTensor } from "../../../src/network/weights/tensor";
import {
  LOSS_NAMES,
  LOSSES,
  type ObjectiveData,
  type ValueLossName,
  valueObjective,
} from "../../../src/statistics/losses/losses";
import { describeWithReference, reference } from "../reference";
import { readSafetensors } from "../safetensors";
import { expectClose, numbersOf } from "./closeness";
import { directionalDerivative, directionLike, innerProduct } from "./finiteDifferences";
import { ADAM, batchOf, floatTensor, INPUT_PARAMETER, networkOf, stateOf, transposed } from "./layerCases";

const FILES = ["golden/i_layers.json", "golden/i_layers.safetensors"];

const caseSchema = z.object({
  name: z.string(),
  loss: z.string(),
  settings: z.record(z.string(), z.unknown()),
  value: z.number(),
});

/** Losses that are golden and compare values. */
function goldenCases() {
  const file = z.object({ losses: z.array(caseSchema) });
  const { losses } = file.parse(JSON.parse(readFileSync(reference(FILES[0]!), "utf8")));
  return losses.flatMap(({ loss, settings, ...rest }) => {
    if (!isValueLoss(loss)) return [];
    const options = Object.fromEntries(
      Object.entries(settings).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    );
    return [{ ...rest, objective: valueObjective(loss, options) }];
  });
}

const isValueLoss = (name: string): name is ValueLossName =>
  LOSS_NAMES.some((known) => known === name && LOSSES[known].target === "values");

export function describeValueLosses(createEngine: () => Promise<Engine>): void {
  /** A model whose outputs are `outputs`, and the batch that compares them with `target`. */
  const modelOf = async (objective: ObjectiveData, outputs: FloatTensor, target: FloatTensor) => {
    const network = networkOf([], outputs.shape);
    const weights = stateOf(network, outputs);
    const engine = await createEngine();
    const model = await engine.trainer(network, { objective, optimizer: ADAM, weights, dropoutSeed: 0 });
    const batch: Batch = { ...batchOf(network, outputs.shape[0]!), targets: { values: target.data } };
    return { model, batch, weights };
  };

  describeWithReference("losses of values", FILES, () => {
    const golden = readSafetensors(reference(FILES[1]!));
    const cases = goldenCases();

    it("are golden, but for those that came later", () => {
      const losses = new Set(cases.map(({ objective }) => objective.loss));
      expect([...losses].sort()).toEqual(["HuberLoss", "L1Loss", "MSELoss", "SmoothL1Loss"]);
    });

    describe.each(cases)("$name", ({ name, objective, value }) => {
      // Elementwise losses do not see the shape, but for the number of samples.
      const read = (what: string): FloatTensor => {
        const { shape, data } = golden.get(`loss/${name}/${what}`)!;
        return floatTensor(
          [shape[0]!, data.length / shape[0]!],
          Array.from<number | bigint, number>(data, Number),
        );
      };

      it("has PyTorch's mean over all elements, and gradient", async () => {
        const { model, batch } = await modelOf(objective, read("x"), read("target"));
        const loss = await model.accumulate(batch);
        const gradient = (await model.gradients()).get(INPUT_PARAMETER);
        await model.dispose();
        expect(Math.abs(loss / value - 1)).toBeLessThan(1e-6);
        if (gradient?.dtype !== "float32") throw new Error("The gradient by the output is missing.");
        expectClose("gradient", transposed(gradient), read("grad_x"), 1e-6);
      });

      it("has the loss of each sample in evaluation, whose mean is PyTorch's", async () => {
        const { model, batch } = await modelOf(objective, read("x"), read("target"));
        const { losses } = await model.evaluate(batch);
        await model.dispose();
        expect(losses).toHaveLength(batch.size);
        const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
        expect(Math.abs(mean / value - 1)).toBeLessThan(1e-6);
      });

      it("has the gradient that finite differences show", async () => {
        const { model, batch, weights } = await modelOf(objective, read("x"), read("target"));
        await model.accumulate(batch);
        const gradients = await model.gradients();
        const direction = directionLike(gradients, 1);
        const slope = await directionalDerivative(model, batch, weights, direction);
        await model.dispose();
        expect(Math.abs(slope.value - innerProduct(gradients, direction))).toBeLessThan(slope.uncertainty);
        expect(slope.uncertainty, "the difference is exact enough to tell").toBeLessThan(0.01);
      });

      it("is 0 without a slope where the output is right, and not a number where it is none", async () => {
        const right = await modelOf(objective, read("target"), read("target"));
        expect(await right.model.accumulate(right.batch)).toBe(0);
        expect(
          numbersOf((await right.model.gradients()).get(INPUT_PARAMETER)!).every((slope) => slope === 0),
        ).toBe(true);
        await right.model.dispose();
        const x = read("x");
        const broken = { ...x, data: x.data.map((element, index) => (index === 3 ? Number.NaN : element)) };
        const { model, batch } = await modelOf(objective, broken, read("target"));
        expect(await model.accumulate(batch)).toBeNaN();
        expect((await model.evaluate(batch)).losses[0]).toBeNaN();
        await model.dispose();
      });
    });
  });
}
