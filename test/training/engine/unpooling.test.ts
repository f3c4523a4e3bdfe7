/** Where windows of a pool overlap, several of them may find their maximum at one place: which value an unpool leaves there. */
import { describe, expect, it } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Layer } from "../../../src/network/layer";
import { elementCount } from "../../../src/network/weights/tensor";
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
import { createTensorFlow } from "../../support/tensorFlow";
import { hasSoftwareCard } from "../../support/webGpu";
import { createSoftwareEngine } from "../../support/webGpuEngine";

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
    dilation: [1, 1, 1],
    groups: 1,
    bias: true,
  },
  { kind: "MaxUnpool", ...window },
];
const SHAPE = [2, 2, 5, 4, 6];

it("a pool of one window that is half padding has one gradient on all engines", async () => {
  const half = { dimensions: 3, kernel: [2, 2, 2], stride: [2, 3, 2], padding: [1, 1, 1] } as const;
  await expectOneResult([{ kind: "MaxPool", ...half }], [2, 2, 1, 2, 3]);
});

describe("an unpool of windows that overlap", () => {
  it("gives the same on all engines, forward and backward", async () => {
    await expectOneResult(layers, SHAPE);
  });
});

/** What all engines make of an input of the shape [N, channels, ...], forward and backward. */
async function expectOneResult(layers: readonly Layer[], shape: readonly number[]): Promise<void> {
  const input = floatTensor(shape, spread(elementCount(shape), 7, -2, 2));
  const network = networkOf(layers, shape);
  const results = [];
  const engines = [
    await createOnnxEngine({ threads: 1 }),
    await createTensorFlow(),
    ...(hasSoftwareCard ? [await createSoftwareEngine(), await createSoftwareEngine("plain")] : []),
  ];
  for (const engine of engines) {
    const weights = stateOf(network, input);
    const model = await engine.trainer(network, { objective: MSE, optimizer: ADAM, weights, dropoutSeed: 0 });
    const batch = batchOf(network, shape[0]!);
    const outputs = await model.predict(batch);
    await model.accumulate(batch);
    results.push({ outputs, gradients: await model.gradients() });
    await model.dispose();
  }
  const [onnx, ...others] = results;
  for (const other of others) {
    expectClose("output", other.outputs, onnx!.outputs, 2e-6);
    expect(other.gradients.size).toBe(onnx!.gradients.size);
    for (const [name, gradient] of onnx!.gradients) {
      expectClose(`gradient of ${name}`, other.gradients.get(name), gradient, 3e-6, 0.1);
    }
  }
}
