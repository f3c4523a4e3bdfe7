import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import type { Layer, LayerKind } from "../../../src/network/layer";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import type { Tensor } from "../../../src/network/weights/tensor";
import { expectClose } from "./closeness";
import { directionalDerivative, directionLike, innerProduct } from "./finiteDifferences";
import {
  expected,
  INPUT_PARAMETER,
  LAYERS,
  type LayerCase,
  layerCases,
  modelOf,
  transposed,
} from "./layerCases";

/** Every layer, forward and backward, against PyTorch and against finite differences. */
export function describeLayers(createEngine: () => Promise<Engine>): void {
  describe.each(layerCases)("$name", (layerCase) => {
    it("gives PyTorch's output in evaluation mode", async () => {
      const { model, batch } = await modelOf(await createEngine(), layerCase);
      const { outputs } = await model.evaluate(batch);
      await model.dispose();
      const wanted = expected(layerCase, "evaluation");
      expect(outputs.shape).toEqual(wanted.shape);
      expectClose("output", outputs, wanted, 2e-6);
    });

    it("gives PyTorch's loss, gradients and running statistics in training mode", async () => {
      const { network, model, batch } = await modelOf(await createEngine(), layerCase);
      const loss = await model.accumulate(batch);
      const gradients = await model.gradients();
      const { parameters } = await model.state();
      await model.dispose();

      const wantedLoss = expected(layerCase, "loss");
      expectClose("loss", { ...wantedLoss, dtype: "float32", data: Float32Array.of(loss) }, wantedLoss, 1e-6);
      const learning = parameterSpecs(network).filter(({ kind }) => kind === "parameter");
      expect([...gradients.keys()].sort()).toEqual(learning.map(({ name }) => name).sort());
      for (const [name, gradient] of gradients) expectGradient(layerCase, name, gradient);
      for (const name of parameters.keys()) {
        if (!name.includes(".running_")) continue;
        const wanted = expected(layerCase, `after.${name.slice(LAYERS.length)}`);
        expectClose(name, parameters.get(name), wanted, 1e-6);
      }
    });

    it.runIf(isSmooth(layerCase))("has the gradient that finite differences show", async () => {
      const { model, batch, state } = await modelOf(await createEngine(), layerCase);
      await model.accumulate(batch);
      const gradients = await model.gradients();
      for (const salt of [1, 2, 3]) {
        const direction = directionLike(gradients, salt);
        const slope = await directionalDerivative(model, batch, state, direction);
        const wanted = innerProduct(gradients, direction);
        const message = `along direction ${salt} the loss rises by ${slope.value}, the gradient says ${wanted}`;
        expect(Math.abs(slope.value - wanted), message).toBeLessThan(slope.uncertainty);
        expect(slope.uncertainty, "the difference is exact enough to tell").toBeLessThan(0.05);
      }
      await model.dispose();
    });
  });
}

/**
 * Differences tell a gradient only where the loss has no kink nearby. The inputs of a case are apart from one another and
 * from 0, so its first layer may be one with kinks; behind others they would be anywhere.
 */
function isSmooth({ layers }: LayerCase): boolean {
  const kinks: readonly LayerKind[] = ["ReLU", "LeakyReLU", "MaxPool", "PadMaxPool"];
  const hasBlockOfKinks = (layer: Layer) =>
    layer.kind === "ResidualBlock" && layer.body.some((inner) => kinks.includes(inner.layer.kind));
  return layers.slice(1).every(({ kind }) => !kinks.includes(kind)) && !layers.some(hasBlockOfKinks);
}

/** Relative error of forty roundings of float32 that all go the same way: a chain of a few layers makes about as many. */
const ROUNDING = 40 * 2 ** -23;

/** Gradients of the mean of squares near 1 are sums of terms of this size, even where the sum is 0. */
const GRADIENT_SCALE = 0.1;

function expectGradient(layerCase: LayerCase, name: string, gradient: Tensor) {
  if (name !== INPUT_PARAMETER) {
    const wanted = expected(layerCase, `gradient.${name.slice(LAYERS.length)}`);
    expectClose(`gradient of ${name}`, gradient, wanted, ROUNDING, GRADIENT_SCALE);
  } else if (gradient.dtype === "float32") {
    const wanted = expected(layerCase, "gradient.input");
    expectClose("gradient by the input", transposed(gradient), wanted, ROUNDING, GRADIENT_SCALE);
  }
}
