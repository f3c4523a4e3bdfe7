/** Where windows of a pool overlap, several of them may find their maximum at one place: which value an unpool leaves there. */
import { describe, expect, it } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Layer } from "../../../src/network/layer";
import { expectClose } from "../../support/engineSuite/closeness";
import {
  ADAM,
  batchOf,
  floatTensor,
  MSE,
  networkOf,
  spread,
  stateOf,
} from "../../support/engineSuite/layerCases";
import { createJavaScriptEngine } from "../../support/tensorFlow";

const window = { dimensions: 3, kernel: [3, 3, 3], stride: [2, 1, 2], padding: [1, 1, 1] } as const;
/** The convolution gives windows that share a maximum different values. */
const layers: readonly Layer[] = [
  { kind: "MaxPool", ...window },
  {
    kind: "Conv",
    dimensions: 3,
    inChannels: 2,
    outChannels: 2,
    kernel: [3, 3, 3],
    stride: [1, 1, 1],
    padding: [1, 1, 1],
    bias: true,
  },
  { kind: "MaxUnpool", ...window },
];
const SHAPE = [2, 2, 5, 4, 6];

describe("an unpool of windows that overlap", () => {
  it("gives the same on both engines, forward and backward", async () => {
    const input = floatTensor(SHAPE, spread(2 * 2 * 5 * 4 * 6, 7, -2, 2));
    const network = networkOf(layers, SHAPE);
    const results = [];
    for (const engine of [await createOnnxEngine({ threads: 1 }), await createJavaScriptEngine()]) {
      const options = { optimizer: ADAM, state: stateOf(network, input), dropoutSeed: 0 };
      const model = await engine.create(network, MSE, options);
      const batch = batchOf(network, SHAPE[0]!);
      const outputs = await model.predict(batch.size, batch.input);
      await model.accumulate(batch);
      results.push({ outputs, gradients: await model.gradients() });
      await model.dispose();
    }
    const [onnx, tensorFlow] = results;
    expectClose("output", tensorFlow!.outputs, onnx!.outputs, 2e-6);
    expect(tensorFlow!.gradients.size).toBe(onnx!.gradients.size);
    for (const [name, gradient] of onnx!.gradients) {
      expectClose(`gradient of ${name}`, tensorFlow!.gradients.get(name), gradient, 3e-6, 0.1);
    }
  });
});
