/** What `gyrus engines bench` measures with: its kernels compute rightly, and its counts are those of the network. */
import { describe, expect, it } from "vitest";
import { measureCard } from "../../../../src/cli/engines/measureDevices";
import { geometryOf } from "../../../../src/engine/webgpu/kernels/convolution/geometry";
import { convolveNear, TILES } from "../../../../src/engine/webgpu/kernels/convolution/near";
import { copy, multiply } from "../../../../src/engine/webgpu/measuring/plainKernels";
import { buildNetwork } from "../../../../src/network/building/build";
import { convolution } from "../../../../src/network/layers/conv";
import { countParameters } from "../../../../src/network/weights/parameters";
import { elementCount } from "../../../../src/network/weights/tensor";
import { convolution as smallConvolution } from "../../../support/smallLayers";
import { hasSoftwareCard } from "../../../support/webGpu";
import { softwareDevice } from "../../../support/webGpuEngine";
import { runTape } from "../../../support/webgpu/deviceTape";
import { expectNear } from "../../../support/webgpu/nearness";
import { plainForward } from "../../../support/webgpu/plainConvolution";
import { scattered } from "../../../support/webgpu/scattered";

describe.skipIf(!hasSoftwareCard)("measuring a card", () => {
  it("multiplies matrices", async () => {
    const side = 128;
    // Whole numbers, whose sums are exact.
    const whole = (seed: number) => scattered(side * side, seed).map((value) => Math.round(value * 8));
    const [a, b] = [whole(1), whole(2)];
    const { device } = await softwareDevice();
    const { results } = await runTape(
      device,
      (tape) => {
        const values = {
          a: tape.own("a", [side, side]),
          b: tape.own("b", [side, side]),
          c: tape.value("c", [side, side]),
        };
        multiply(tape, values);
        return { c: values.c };
      },
      { own: { a, b } },
    );
    const expected = Float32Array.from({ length: side * side }, (_, at) => {
      const [row, column] = [Math.floor(at / side), at % side];
      let sum = 0;
      for (let k = 0; k < side; k++) sum += a[row * side + k]! * b[k * side + column]!;
      return sum;
    });
    expect(expected.some((value) => value !== 0)).toBe(true);
    expect(results.c).toEqual(expected);
  });

  it("copies", async () => {
    const from = Float32Array.from(scattered(1024, 3));
    const { device } = await softwareDevice();
    const { results } = await runTape(
      device,
      (tape) => {
        const to = tape.value("to", [from.length]);
        copy(tape, tape.own("from", [from.length]), to);
        return { to };
      },
      { own: { from } },
    );
    expect(results.to).toEqual(from);
  });

  it.each(TILES)("convolves with a tile of $channels channels at $places places", async (tile) => {
    const settings = { ...convolution(3, 3, 18), dimensions: 3 } as const;
    const [x, y] = [
      [2, 3, 3, 4, 9],
      [2, 18, 3, 4, 9],
    ];
    const given = {
      x: Float32Array.from(scattered(elementCount(x), 4)),
      weight: Float32Array.from(scattered(18 * 3 * 27, 5)),
      bias: Float32Array.from(scattered(18, 6)),
    };
    const { device } = await softwareDevice();
    const { results } = await runTape(
      device,
      (tape) => {
        const values = {
          x: tape.own("x", x),
          weight: tape.own("weight", [18, 3, 3, 3, 3]),
          bias: tape.own("bias", [18]),
          y: tape.value("y", y),
        };
        convolveNear(tape, geometryOf(settings, { shape: x }, { shape: y }), values, tile);
        return { y: values.y };
      },
      { own: given },
    );
    const wanted = plainForward({ settings, x, y }, given.x, given.weight);
    const places = elementCount(y.slice(2));
    expectNear(
      "y",
      results.y,
      wanted.map((value, at) => value + given.bias[Math.floor(at / places) % 18]!),
    );
  });

  it("gives the figures of a network, and its tiles", async () => {
    const open = await softwareDevice();
    const network = buildNetwork({
      architecture: {
        convolutions: [smallConvolution(8)],
        fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }],
      },
      inputSize: [1, 6, 7, 8],
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 1,
      task: "classification",
    });
    const figures = await measureCard(open, { network, batchSize: 2 }, { seconds: 0, tiles: true });
    expect(figures).toMatchObject({ engine: "webgpu", device: open.name, vendor: open.vendor });
    // Multiply-adds: the convolution forward and by its weight, the linear layer three times.
    const voxels = 6 * 7 * 8;
    expect(figures.operations).toBe(2 * 2 * (2 * voxels * 8 * 27 + 3 * voxels * 8 * 2));
    // Weights, gradients and two moments are read at least once, and held.
    const held = 4 * 4 * countParameters(network);
    expect(figures.moved).toBeGreaterThan(held);
    expect(figures.memory).toBeGreaterThan(held);
    for (const value of [figures.step, figures.answer, figures.plain.operations, figures.plain.bytes])
      expect(value).toBeGreaterThan(0);
    expect(figures.tiles).toHaveLength(1);
    expect(figures.tiles![0]).toMatchObject({ layer: "convolutions.0", inChannels: 1, outChannels: 8 });
    expect(figures.tiles![0]!.tiles).toHaveLength(TILES.length);
  });
});
