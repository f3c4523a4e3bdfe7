/** Convolutions both ways on a device, in either form, against their definition in double precision. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { channelSum } from "../../../../src/engine/webgpu/kernels/channelSum";
import { geometryOf } from "../../../../src/engine/webgpu/kernels/convolution/geometry";
import { kernelsFor } from "../../../../src/engine/webgpu/kernels/convolution/kernelsFor";
import { recordLayer } from "../../../../src/engine/webgpu/layers";
import { type Form, gradientKey } from "../../../../src/engine/webgpu/pass";
import type { Conv } from "../../../../src/network/layers/conv";
import { convolution } from "../../../../src/network/layers/conv";
import type { ConvTranspose } from "../../../../src/network/layers/convTranspose";
import { outputShape } from "../../../../src/network/shapes/shape";
import { elementCount } from "../../../../src/network/weights/tensor";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runLayer, runTape } from "../../../support/webgpu/deviceTape";
import { expectNear } from "../../../support/webgpu/nearness";
import {
  type PlainConvolution,
  plainChannelSums,
  plainForward,
  plainInputGradient,
  plainWeightGradient,
} from "../../../support/webgpu/plainConvolution";
import { scattered } from "../../../support/webgpu/scattered";

interface Case {
  readonly what: string;
  readonly layer: Conv | ConvTranspose;
  /** [N, channels, ...spatial] */
  readonly input: readonly number[];
}

const volume = { ...convolution(3, 3, 5), dimensions: 3 } as const;
const image = convolution(2, 3, 5);
const back = { outputPadding: [0, 0, 0], kind: "ConvTranspose" } as const;

const CASES: readonly Case[] = [
  { what: "3^3 of a volume", layer: volume, input: [2, 3, 5, 4, 7] },
  { what: "3^3 with one channel in", layer: convolution(3, 1, 8), input: [3, 1, 4, 6, 9] },
  { what: "3^3 with many channels on few voxels", layer: convolution(3, 24, 17), input: [2, 24, 2, 3, 1] },
  { what: "3^3 with one channel out", layer: convolution(3, 8, 1), input: [2, 8, 4, 3, 5] },
  { what: "3x3 of an image", layer: image, input: [2, 3, 6, 11] },
  { what: "3x3 without bias", layer: convolution(2, 9, 10, { bias: false }), input: [1, 9, 4, 4] },
  { what: "1^3", layer: convolution(3, 4, 6, { kernel: 1, padding: 0 }), input: [2, 4, 3, 4, 5] },
  {
    what: "7x7 with stride 2",
    layer: convolution(2, 2, 9, { kernel: 7, stride: 2, padding: 3 }),
    input: [2, 2, 9, 12],
  },
  { what: "3^3 with stride 2", layer: convolution(3, 3, 4, { stride: 2 }), input: [2, 3, 5, 6, 8] },
  {
    what: "3^3 with stride 2, many channels on few voxels",
    layer: convolution(3, 20, 19, { stride: 2 }),
    input: [2, 20, 3, 5, 11],
  },
  {
    what: "a kernel, stride, padding and dilation of its own along each axis",
    layer: {
      ...convolution(3, 4, 9),
      kernel: [2, 3, 4],
      stride: [3, 1, 2],
      padding: [1, 2, 5],
      dilation: [1, 3, 2],
    },
    input: [2, 4, 5, 7, 11],
  },
  {
    what: "2^3 with stride 2 that leaves a plane over",
    layer: convolution(3, 2, 3, { kernel: 2, stride: 2, padding: 0 }),
    input: [1, 2, 5, 5, 7],
  },
  {
    what: "any kernel, stride, padding, dilation and groups",
    layer: {
      ...convolution(3, 4, 6),
      kernel: [3, 1, 2],
      stride: [1, 3, 2],
      padding: [2, 0, 4],
      dilation: [2, 1, 3],
      groups: 2,
    },
    input: [2, 4, 6, 5, 7],
  },
  {
    what: "as many groups as channels",
    layer: { ...image, inChannels: 4, outChannels: 8, groups: 4 },
    input: [2, 4, 5, 6],
  },
  { what: "transposed 3^3", layer: { ...volume, ...back }, input: [2, 3, 4, 3, 6] },
  {
    what: "transposed 3^3 to one channel",
    layer: { ...convolution(3, 8, 1), ...back },
    input: [2, 8, 3, 4, 5],
  },
  {
    what: "transposed 4^3 with stride 2",
    layer: { ...convolution(3, 5, 3, { kernel: 4, stride: 2 }), ...back },
    input: [2, 5, 3, 2, 4],
  },
  {
    what: "transposed with output padding as large as a step, dilation and groups",
    layer: {
      ...convolution(3, 4, 6),
      kind: "ConvTranspose",
      kernel: [2, 3, 1],
      stride: [2, 1, 3],
      padding: [0, 1, 0],
      dilation: [1, 3, 1],
      groups: 2,
      outputPadding: [1, 2, 2],
    },
    input: [2, 4, 3, 5, 2],
  },
  {
    what: "transposed of an image",
    layer: { ...convolution(2, 3, 2, { stride: 2 }), ...back, outputPadding: [1, 0] },
    input: [2, 3, 4, 5],
  },
];

/** As the layer's own convolution sees it: from its output to its input where it is transposed. */
function plainOf({ layer, input }: Case): PlainConvolution {
  const output = [input[0]!, ...outputShape(layer, input.slice(1))];
  return layer.kind === "Conv"
    ? { settings: layer, x: input, y: output }
    : { settings: layer, x: output, y: input };
}

describe.skipIf(!hasSoftwareCard)("convolutions on a device", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  const run = (
    { layer, input }: Case,
    form: Form,
    given: {
      readonly input: Float32Array;
      readonly weight: Float32Array;
      readonly bias: Float32Array;
      readonly dy: Float32Array;
    },
  ) =>
    runLayer(
      open.device,
      (value, pass) =>
        recordLayer(layer.kind, {
          layer,
          path: "c",
          input: value,
          pass,
          recordSequence: () => expect.unreachable(),
        }),
      {
        shape: input,
        input: given.input,
        dy: given.dy,
        parameters: { "c.weight": given.weight, "c.bias": given.bias },
      },
      { form },
    );

  describe.each(["plain", "fast"] as const)("in the %s form", (form) => {
    it.each(CASES)("computes $what", async (tried) => {
      const { layer, input } = tried;
      const plain = plainOf(tried);
      const output = layer.kind === "Conv" ? plain.y : plain.x;
      const weights = (layer.inChannels * layer.outChannels * elementCount(layer.kernel)) / layer.groups;
      const given = {
        input: scattered(elementCount(input), 1),
        weight: scattered(weights, 2),
        bias: scattered(layer.outChannels, 3),
        dy: scattered(elementCount(output), 4),
      };
      const result = await run(tried, form, given);
      expect(result.outputShape).toEqual(output);
      const places = elementCount(output.slice(2));
      const wanted =
        layer.kind === "Conv"
          ? {
              output: plainForward(plain, given.input, given.weight),
              dx: plainInputGradient(plain, given.dy, given.weight),
              dw: plainWeightGradient(plain, given.input, given.dy),
            }
          : {
              output: plainInputGradient(plain, given.input, given.weight),
              dx: plainForward(plain, given.dy, given.weight),
              dw: plainWeightGradient(plain, given.dy, given.input),
            };
      const biased = layer.bias
        ? wanted.output.map((sum, at) => sum + given.bias[Math.floor(at / places) % layer.outChannels]!)
        : wanted.output;
      expectNear("output", result.output, biased);
      expectNear("dx", result.dx, wanted.dx);
      expectNear("dw", result.model.get(gradientKey("c.weight")), wanted.dw);
      if (layer.bias)
        expectNear("db", result.model.get(gradientKey("c.bias")), plainChannelSums(output, given.dy));
    });
  });

  describe.each(["plain", "fast"] as const)("in the %s form, at its limits", (form) => {
    it("counts exactly how often each weight sees a voxel", async () => {
      // Of ones, a gradient by the weight is a number of voxels; a float32 sum that begins to round would show.
      const [samples, size] = [8, 50];
      const outside = form === "fast" ? 8 : 1;
      const [x, y] = [
        [samples, 1, size, size, size],
        [samples, outside, size, size, size],
      ];
      const ones = (shape: readonly number[]) => new Float32Array(elementCount(shape)).fill(1);
      const { results } = await runTape(
        open.device,
        (tape) => {
          const values = { x: tape.own("x", x), dy: tape.own("dy", y) };
          const into = tape.value("dw", [outside, 1, 3, 3, 3]);
          const geometry = geometryOf(convolution(3, 1, outside), values.x, values.dy);
          kernelsFor(geometry, form).weightGradient(tape, geometry, { ...values, into });
          const db = tape.value("db", [outside]);
          channelSum(tape, values.dy, db);
          return { dw: into, db };
        },
        { own: { x: ones(x), dy: ones(y) } },
      );
      const along = (tap: number) => (tap === 1 ? size : size - 1);
      const counts = Array.from(
        { length: 27 },
        (_, tap) => samples * along(Math.floor(tap / 9)) * along(Math.floor(tap / 3) % 3) * along(tap % 3),
      );
      expect([...results.dw!]).toEqual(Array.from({ length: outside }, () => counts).flat());
      expect([...results.db!]).toEqual(Array(outside).fill(samples * size ** 3));
    });

    // What PyTorch 2.13 gives on a processor (conv3d and its gradient by the input).
    describe.each([1, 2])("with a stride of %i", (stride) => {
      it.each([0, 2, 13, 24, 26])("leaves the padding out where weight %i is infinite", async (tap) => {
        const layer = convolution(3, 3, 5, { stride });
        const shapes = { what: "infinite", layer, input: [1, 3, 3, 3, 6] };
        const plain = plainOf(shapes);
        const weight = scattered(5 * 3 * 27, 2);
        weight[tap] = Number.POSITIVE_INFINITY;
        const given = {
          input: new Float32Array(elementCount(plain.x)).fill(1),
          weight,
          bias: scattered(5, 3),
          dy: new Float32Array(elementCount(plain.y)).fill(1),
        };
        const { output, dx } = await run(shapes, form, given);
        const finite = (values: ArrayLike<number>) => Array.from(values, Number.isFinite);
        expect(output.some(Number.isNaN) || dx.some(Number.isNaN)).toBe(false);
        expect(finite(output)).toEqual(finite(plainForward(plain, given.input, weight)));
        expect(finite(dx)).toEqual(finite(plainInputGradient(plain, given.dy, weight)));
      });
    });

    it("gives no number where a weight is none, and only there", async () => {
      const shapes = { what: "NaN", layer: volume, input: [1, 3, 3, 3, 6] };
      const voxels = 3 * 3 * 6;
      const weight = scattered(5 * 3 * 27, 2);
      weight[27 * 3 + 13] = Number.NaN;
      const given = {
        input: scattered(3 * voxels, 1),
        weight,
        bias: scattered(5, 3),
        dy: scattered(5 * voxels, 4),
      };
      const { output } = await run(shapes, form, given);
      expect(Array.from(output, Number.isNaN)).toEqual(
        Array.from({ length: 5 * voxels }, (_, at) => Math.floor(at / voxels) === 1),
      );
    });
  });
});
