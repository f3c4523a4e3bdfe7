/** Convolutions of more than 2^24 voxels on a device: a whole number that went through a float32 would lose its last places there. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { geometryOf } from "../../../../src/engine/webgpu/kernels/convolution/geometry";
import { kernelsFor } from "../../../../src/engine/webgpu/kernels/convolution/kernelsFor";
import type { Form } from "../../../../src/engine/webgpu/pass";
import { convolution } from "../../../../src/network/layers/conv";
import { elementCount } from "../../../../src/network/weights/tensor";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runTape } from "../../../support/webgpu/deviceTape";

describe.skipIf(!hasSoftwareCard)("convolutions of more than 2^24 voxels", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  const WIDTH = 5_600_001;
  const shape = [1, 1, 3, WIDTH];

  /** Neighbours differ, and so do the voxels of one column. */
  const x = Float32Array.from({ length: elementCount(shape) }, (_, at) => at % 251);

  /** In the last row, the only voxel whose output has a gradient: the gradient by a weight is what the weight sees from there. */
  const ONE = 3 * WIDTH - 7;
  const dy = new Float32Array(elementCount(shape));
  dy[ONE] = 1;

  it.each<{ readonly form: Form; readonly weights: readonly number[]; readonly kernel: readonly number[] }>([
    // y[h, w] = x[h - 1, w + 1] of one, x[h, w + 1] of the other.
    { form: "fast", kernel: [3, 3], weights: [0, 0, 1, 0, 0, 0, 0, 0, 0] },
    { form: "plain", kernel: [1, 3], weights: [0, 0, 1] },
  ])("finds every voxel in the $form form", async ({ form, kernel, weights }) => {
    const [height] = kernel as [number, number];
    const padding = [(height - 1) / 2, 1];
    const { results } = await runTape(
      open.device,
      (tape) => {
        const input = tape.own("x", shape);
        const y = tape.value("y", shape);
        const geometry = geometryOf({ ...convolution(2, 1, 1), kernel, padding }, input, y);
        const weight = tape.own("weight", [1, 1, ...kernel]);
        const { convolve, weightGradient } = kernelsFor(geometry, form);
        convolve(tape, geometry, { x: input, weight, y });
        const into = tape.value("dw", weight.shape);
        weightGradient(tape, geometry, { x: input, dy: tape.own("dy", shape), into });
        return { y, dw: into };
      },
      { own: { x, dy, weight: Float32Array.from(weights) } },
    );
    const up = (height - 1) / 2;
    const wrong = results.y!.findIndex((value, at) => {
      const [row, column] = [Math.floor(at / WIDTH), at % WIDTH];
      const outside = row < up || column === WIDTH - 1;
      return value !== (outside ? 0 : (at - up * WIDTH + 1) % 251);
    });
    expect(wrong).toBe(-1);
    const neighbours = weights.map(
      (_, tap) => x[ONE + (Math.floor(tap / 3) - up) * WIDTH + (tap % 3) - 1] ?? 0,
    );
    expect([...results.dw!]).toEqual(neighbours);
  });
});
