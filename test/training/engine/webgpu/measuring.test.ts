/** What `gyrus engines bench` measures with: its kernels compute rightly, and its counts are those of the network. */
import { describe, expect, it } from "vitest";
import { measureCard } from "../../../../src/cli/engines/measureDevices";
import {
  SPLITS,
  TILES,
  tileName,
  WEIGHT_INVOCATIONS,
} from "../../../../src/engine/webgpu/kernels/convolution/tiling";
import { copy, multiply } from "../../../../src/engine/webgpu/measuring/plainKernels";
import { buildNetwork } from "../../../../src/network/building/build";
import { countParameters } from "../../../../src/network/weights/parameters";
import { convolution } from "../../../support/smallLayers";
import { hasSoftwareCard } from "../../../support/webGpu";
import { softwareDevice } from "../../../support/webGpuEngine";
import { runTape } from "../../../support/webgpu/deviceTape";
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

  it("gives the figures of a network, and of every way to cut its convolutions", async () => {
    const open = await softwareDevice();
    const network = buildNetwork({
      architecture: {
        convolutions: [convolution(8), convolution(3)],
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
    // Multiply-adds: the first convolution forward and by its weight, the other and the linear layer by their input too.
    const voxels = 6 * 7 * 8;
    expect(figures.operations).toBe(2 * 2 * voxels * (2 * 8 * 27 + 3 * 8 * 3 * 27 + 3 * 3 * 2));
    // Weights, gradients and two moments are read at least once, and held.
    const held = 4 * 4 * countParameters(network);
    expect(figures.moved).toBeGreaterThan(held);
    expect(figures.memory).toBeGreaterThan(held);
    for (const value of [figures.step, figures.answer, figures.plain.operations, figures.plain.bytes])
      expect(value).toBeGreaterThan(0);
    const [first, second] = figures.convolutions!;
    expect(first).toMatchObject({ layer: "convolutions.0", inChannels: 1, outChannels: 8, size: [6, 7, 8] });
    const names = (speeds: Readonly<Record<string, number>>) => Object.keys(speeds).sort();
    const withUsual = (ways: readonly (string | number)[]) => [...ways.map(String), "in_use"].sort();
    expect(names(second!.tiles)).toEqual(withUsual(TILES.map(tileName)));
    // No more parts than channels.
    expect(names(first!.splits)).toEqual(withUsual([1]));
    expect(names(second!.splits)).toEqual(withUsual(SPLITS));
    expect(names(second!.weightGradient)).toEqual(withUsual(WEIGHT_INVOCATIONS));
    for (const speeds of [second!.tiles, second!.splits, second!.weightGradient])
      expect(Object.values(speeds).every((speed) => speed > 0)).toBe(true);
  });
});
