/** The engine on a graphics card at the sizes of whole images, on a card that the processor plays: minutes. */
import { describe, expect, it } from "vitest";
import type { Batch } from "../../src/engine/engine";
import { elementCount } from "../../src/network/weights/tensor";
import { convModel } from "../support/convModel";
import { spread } from "../support/engineSuite/layerCases";
import { settledMemory } from "../support/settledMemory";
import { hasSoftwareCard } from "../support/webGpu";
import { createSoftwareEngine, softwareDevice } from "../support/webGpuEngine";

function batchOf(inputSize: readonly number[], size: number): Batch {
  const image = Float32Array.from(spread(size * elementCount(inputSize), 5, 0, 1));
  return {
    size,
    inputs: { image },
    targets: { classes: Int32Array.from({ length: size }, (_, i) => i % 2) },
  };
}

describe.skipIf(!hasSoftwareCard)("a training on WebGPU", () => {
  it("needs no more memory after 200 more steps of 2x1x25x31x27", async () => {
    const inputSize = [1, 25, 31, 27];
    const model = await convModel(inputSize, { engine: await createSoftwareEngine() });
    const batch = batchOf(inputSize, 2);
    const train = async (steps: number) => {
      for (let step = 0; step < steps; step++) {
        await model.accumulate(batch);
        await model.update();
      }
      return settledMemory();
    };
    const settled = await train(20);
    const later = await train(200);
    await model.dispose();
    expect(later / settled).toBeLessThan(1.05);
  });

  it("makes a step of whole images, 2x1x169x208x179, within a gigabyte an array, with the loss of ONNX", async () => {
    const inputSize = [1, 169, 208, 179];
    const batch = batchOf(inputSize, 2);
    const losses = [];
    for (const engine of [undefined, await createSoftwareEngine()]) {
      const model = await convModel(inputSize, { engine });
      losses.push(await model.accumulate(batch));
      await model.update();
      losses.push(await model.accumulate(batch));
      await model.dispose();
    }
    const [first, second, firstHere, secondHere] = losses as [number, number, number, number];
    expect(Math.abs(firstHere / first - 1)).toBeLessThan(1e-5);
    expect(Math.abs(secondHere / second - 1)).toBeLessThan(1e-4);
    expect((await softwareDevice()).limits.maxStorageBufferBindingSize).toBeLessThanOrEqual(2 ** 30);
  });
});
