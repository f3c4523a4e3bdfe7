/** Every way to cut the fast convolutions into pieces gives the numbers of their definition. */
import { describe, expect, it } from "vitest";
import { geometryOf } from "../../../../src/engine/webgpu/kernels/convolution/geometry";
import { convolveNear, convolveNearTransposed } from "../../../../src/engine/webgpu/kernels/convolution/near";
import { weightGradientNear } from "../../../../src/engine/webgpu/kernels/convolution/nearWeightGradient";
import {
  SPLITS,
  TILES,
  tileName,
  WEIGHT_INVOCATIONS,
} from "../../../../src/engine/webgpu/kernels/convolution/tiling";
import { type Conv, convolution } from "../../../../src/network/layers/conv";
import { outputShape } from "../../../../src/network/shapes/shape";
import { elementCount } from "../../../../src/network/weights/tensor";
import { hasSoftwareCard } from "../../../support/webGpu";
import { softwareDevice } from "../../../support/webGpuEngine";
import { runTape } from "../../../support/webgpu/deviceTape";
import { expectNear } from "../../../support/webgpu/nearness";
import {
  plainForward,
  plainInputGradient,
  plainWeightGradient,
} from "../../../support/webgpu/plainConvolution";
import { scattered } from "../../../support/webgpu/scattered";

interface Case {
  readonly what: string;
  readonly settings: Conv;
  /** [N, channels, ...spatial] */
  readonly x: readonly number[];
}

const CASES: readonly Case[] = [
  { what: "a volume, across samples", settings: convolution(3, 3, 18), x: [3, 3, 3, 4, 9] },
  { what: "more voxels than a tile, one channel in", settings: convolution(3, 1, 8), x: [2, 1, 7, 6, 9] },
  { what: "more channels than a tile", settings: convolution(3, 20, 131), x: [2, 20, 2, 3, 5] },
  { what: "an image", settings: convolution(2, 9, 5, { bias: false }), x: [2, 9, 11, 13] },
  {
    what: "a kernel that is long along depth and not padded there",
    settings: { ...convolution(3, 2, 9), kernel: [5, 3, 3], padding: [0, 1, 1] },
    x: [2, 2, 7, 4, 3],
  },
];

async function run({ settings, x }: Case, cut: Parameters<typeof convolveNear>[3], weight?: Float32Array) {
  const y = [x[0]!, ...outputShape(settings, x.slice(1))];
  const weightShape = [settings.outChannels, settings.inChannels, ...settings.kernel];
  const given = {
    x: scattered(elementCount(x), 4),
    weight: weight ?? scattered(elementCount(weightShape), 5),
    bias: scattered(settings.outChannels, 6),
    dy: scattered(elementCount(y), 7),
  };
  const { device } = await softwareDevice();
  const { results } = await runTape(
    device,
    (tape) => {
      const [forward, back] = [tape.value("y", y), tape.value("dx", x)];
      const values = { weight: tape.own("weight", weightShape), x: tape.own("x", x), dy: tape.own("dy", y) };
      const bias = tape.own("bias", [settings.outChannels]);
      const geometry = geometryOf(settings, { shape: x }, { shape: y });
      convolveNear(tape, geometry, { ...values, bias, y: forward }, cut);
      convolveNearTransposed(tape, geometry, { y: values.dy, weight: values.weight, x: back }, cut);
      return { y: forward, dx: back };
    },
    { own: given },
  );
  const shapes = { settings, x, y };
  const places = elementCount(y.slice(2));
  return {
    results,
    wanted: {
      y: plainForward(shapes, given.x, given.weight).map(
        (value, at) => value + given.bias[Math.floor(at / places) % settings.outChannels]!,
      ),
      dx: plainInputGradient(shapes, given.dy, given.weight),
    },
  };
}

const NAMED = TILES.map((tile) => ({ tile, name: tileName(tile) }));

describe.skipIf(!hasSoftwareCard)("a fast convolution", () => {
  describe.each(NAMED)("with the tile $name", ({ tile }) => {
    it.each(CASES)("computes $what, both ways", async (tried) => {
      const { results, wanted } = await run(tried, { tile });
      expectNear("y", results.y, wanted.y);
      expectNear("dx", results.dx, wanted.dx);
    });

    // What PyTorch 2.13 gives on a processor (conv3d and its gradient by the input).
    it.each([0, 2, 13, 24, 26])("leaves the padding out where weight %i is infinite", async (tap) => {
      const weight = scattered(5 * 3 * 27, 5);
      weight[tap] = Number.POSITIVE_INFINITY;
      const tried = { what: "infinite", settings: convolution(3, 3, 5), x: [1, 3, 3, 3, 6] };
      const { results, wanted } = await run(tried, { tile }, weight);
      expect(results.y!.some(Number.isNaN) || results.dx!.some(Number.isNaN)).toBe(false);
      for (const name of ["y", "dx"] as const)
        expect(Array.from(results[name]!, Number.isFinite)).toEqual(
          Array.from(wanted[name], Number.isFinite),
        );
    });
  });

  it("has more staged tiles than groups lie along an axis", async () => {
    const many = { what: "many voxels", settings: convolution(3, 1, 1), x: [2, 1, 43, 45, 47] };
    const { results, wanted } = await run(many, {
      tile: { kind: "staged", channels: 16, voxels: 128, terms: 9 },
    });
    expectNear("y", results.y, wanted.y);
    expectNear("dx", results.dx, wanted.dx);
  });

  it.each(SPLITS.flatMap((split) => NAMED.map((named) => ({ split, ...named }))))(
    "sums its channels in $split parts with the tile $name",
    async ({ split, tile }) => {
      const { results, wanted } = await run(CASES[2]!, { tile, split });
      expectNear("y", results.y, wanted.y);
      expectNear("dx", results.dx, wanted.dx);
    },
  );

  it.each(WEIGHT_INVOCATIONS)("has its gradient by the weight of %i invocations", async (invocations) => {
    const { settings, x } = CASES[0]!;
    const y = [x[0]!, ...outputShape(settings, x.slice(1))];
    const given = { x: scattered(elementCount(x), 4), dy: scattered(elementCount(y), 7) };
    const { device } = await softwareDevice();
    const { results } = await runTape(
      device,
      (tape) => {
        const into = tape.value("dw", [settings.outChannels, settings.inChannels, ...settings.kernel]);
        const values = { x: tape.own("x", x), dy: tape.own("dy", y), into };
        weightGradientNear(tape, geometryOf(settings, { shape: x }, { shape: y }), values, invocations);
        return { dw: into };
      },
      { own: given },
    );
    expectNear("dw", results.dw, plainWeightGradient({ settings, x, y }, given.x, given.dy));
  });
});
