/** The losses, against PyTorch (test/fixtures/engine/losses.json) and against finite differences. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { expectClose } from "./closeness";
import { directionalDerivative, directionLike, innerProduct } from "./finiteDifferences";
import {
  ADAM,
  batchOf,
  floatTensor,
  INPUT_PARAMETER,
  networkOf,
  spread,
  stateOf,
  transposed,
} from "./layerCases";
import { CODES, lossCases, OUTPUTS } from "./lossCases";

export function describeLosses(createEngine: () => Promise<Engine>): void {
  describe.each(lossCases)("$name", ({ objective, ...wanted }) => {
    const modelOfLoss = async () => {
      const outputs = floatTensor(OUTPUTS, spread(15, 7, -4, 4));
      const network = networkOf([], OUTPUTS);
      const state = stateOf(network, outputs);
      const engine = await createEngine();
      const model = await engine.trainer(network, {
        objective,
        optimizer: ADAM,
        weights: state,
        dropoutSeed: 0,
      });
      const targets = { classes: Int32Array.from(CODES), values: Float32Array.from(spread(15, 3)) };
      return { model, state, batch: { ...batchOf(network, OUTPUTS[0]!), targets } };
    };

    it("has PyTorch's mean over the batch, and gradient", async () => {
      const { model, batch } = await modelOfLoss();
      const loss = await model.accumulate(batch);
      const gradient = (await model.gradients()).get(INPUT_PARAMETER);
      await model.dispose();
      expect(Math.abs(loss / wanted.loss - 1)).toBeLessThan(1e-6);
      if (gradient?.dtype !== "float32") throw new Error("The gradient by the output is missing.");
      expectClose("gradient", transposed(gradient), floatTensor(OUTPUTS, wanted.gradient), 1e-6);
    });

    it("has PyTorch's loss of each sample in evaluation, unweighted by class", async () => {
      const { model, batch } = await modelOfLoss();
      const { losses } = await model.evaluate(batch);
      await model.dispose();
      expectClose("losses", floatTensor([5], losses), floatTensor([5], wanted.samples), 1e-6);
    });

    it("has the gradient that finite differences show", async () => {
      const { model, batch, state } = await modelOfLoss();
      await model.accumulate(batch);
      const gradients = await model.gradients();
      const direction = directionLike(gradients, 1);
      const slope = await directionalDerivative(model, batch, state, direction);
      await model.dispose();
      expect(Math.abs(slope.value - innerProduct(gradients, direction))).toBeLessThan(slope.uncertainty);
      expect(slope.uncertainty, "the difference is exact enough to tell").toBeLessThan(0.01);
    });
  });
}
