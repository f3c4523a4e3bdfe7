/** The norms on a device, against their formulas in double precision: sizes and values that the suite of all engines does not have. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { momentsOf } from "../../../../src/engine/webgpu/kernels/statistics";
import { recordLayer } from "../../../../src/engine/webgpu/layers";
import { gradientKey, type PassOptions, parameterKey } from "../../../../src/engine/webgpu/pass";
import type { Layer } from "../../../../src/network/layer";
import { spread } from "../../../support/engineSuite/layerCases";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runLayer, runTape } from "../../../support/webgpu/deviceTape";

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

interface Case {
  readonly name: string;
  /** [N, channels, ...spatial] */
  readonly shape: readonly number[];
  /** Groups of channels of an image; none where channels are normalised over the batch. */
  readonly groups?: number;
  readonly mode?: "evaluation";
}

const layerOf = ({ shape, groups }: Case): Layer => {
  const [dimensions, channels] = [shape.length === 4 ? 2 : 3, shape[1]!] as const;
  if (groups === undefined)
    return { kind: "BatchNorm", dimensions, channels, epsilon: EPSILON, momentum: MOMENTUM };
  return groups === channels
    ? { kind: "InstanceNorm", dimensions, channels, epsilon: EPSILON, affine: true }
    : { kind: "GroupNorm", dimensions, channels, groups, epsilon: EPSILON, affine: true };
};

/** What the input holds at an index. */
type Fill = (index: number) => number;

const numbers = (count: number, salt: number, low: number, high: number) =>
  Float32Array.from(spread(count, salt, low, high));

describe.skipIf(!hasSoftwareCard)("norms on a device", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  function inputsOf({ shape }: Case, fill?: Fill) {
    const count = shape.reduce((a, b) => a * b);
    const channels = shape[1]!;
    const random = numbers(count, 7, -2, 2);
    return {
      shape,
      input: fill === undefined ? random : random.map((_, index) => fill(index)),
      dy: numbers(count, 11, -1, 1),
      parameters: {
        "fc.0.weight": numbers(channels, 1, 0.5, 1.5),
        "fc.0.bias": numbers(channels, 2, -1, 1),
        "fc.0.running_mean": numbers(channels, 3, -1, 1),
        "fc.0.running_var": numbers(channels, 4, 0.5, 2),
      },
    };
  }

  const run = (each: Case, given: ReturnType<typeof inputsOf>, options: Partial<PassOptions> = {}) => {
    const layer = layerOf(each);
    return runLayer(
      open.device,
      (input, pass) =>
        recordLayer(layer.kind, {
          layer,
          path: "fc.0",
          input,
          pass,
          recordSequence: () => expect.unreachable(),
        }),
      given,
      {
        trainable: new Set(["fc.0.weight", "fc.0.bias"]),
        mode: each.mode ?? "training",
        differentiable: true,
        ...options,
      },
    );
  };

  /** All of it in double precision, element by element. */
  function reference({ shape, groups, mode }: Case, given: ReturnType<typeof inputsOf>) {
    const { input, dy, parameters } = given;
    const [samples, channels] = shape as [number, number];
    const voxels = input.length / (samples * channels);
    const map = (index: number) => Math.floor(index / voxels);
    const channel = (index: number) => map(index) % channels;
    const perSet = channels / (groups ?? channels);
    const set = groups === undefined ? channel : (index: number) => Math.floor(map(index) / perSet);
    const sets = groups === undefined ? channels : samples * groups;
    const sums = (length: number, of: (index: number) => number, value: (index: number) => number) => {
      const result = new Float64Array(length);
      for (let index = 0; index < input.length; index++) result[of(index)]! += value(index);
      return result;
    };
    const size = input.length / sets;
    const ofBatch = sums(sets, set, (index) => input[index]! / size);
    const varianceOfBatch = sums(sets, set, (index) => (input[index]! - ofBatch[set(index)]!) ** 2 / size);
    const running = mode === "evaluation" && groups === undefined;
    const mean = running ? parameters["fc.0.running_mean"] : ofBatch;
    const variance = running ? parameters["fc.0.running_var"] : varianceOfBatch;
    const deviation = (index: number) => Math.sqrt(variance[set(index)]! + EPSILON);
    const normalised = (index: number) => (input[index]! - mean[set(index)]!) / deviation(index);
    const gamma = (index: number) => parameters["fc.0.weight"][channel(index)]!;
    const total = sums(sets, set, (index) => gamma(index) * dy[index]!);
    const correlation = sums(sets, set, (index) => gamma(index) * dy[index]! * normalised(index));
    const share = running ? 0 : 1 / size;
    return {
      output: Float64Array.from(
        input,
        (_, index) => gamma(index) * normalised(index) + parameters["fc.0.bias"][channel(index)]!,
      ),
      dx: Float64Array.from(
        input,
        (_, index) =>
          (gamma(index) * dy[index]! -
            share * (total[set(index)]! + normalised(index) * correlation[set(index)]!)) /
          deviation(index),
      ),
      weight: sums(channels, channel, (index) => dy[index]! * normalised(index)),
      bias: sums(channels, channel, (index) => dy[index]!),
      /** Of the terms of those sums: a sum in float32 is as exact as they are large. */
      weightScale: Math.max(...sums(channels, channel, (index) => Math.abs(dy[index]! * normalised(index)))),
      biasScale: Math.max(...sums(channels, channel, (index) => Math.abs(dy[index]!))),
      runningMean: ofBatch.map((value, k) => 0.9 * parameters["fc.0.running_mean"][k]! + 0.1 * value),
      runningVariance: varianceOfBatch.map(
        (value, k) => 0.9 * parameters["fc.0.running_var"][k]! + (0.1 * value * size) / (size - 1),
      ),
    };
  }

  function expectNear(
    what: string,
    actual: ArrayLike<number> | undefined,
    wanted: Float64Array,
    tolerance: number,
    scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  ) {
    expect(actual?.length, what).toBe(wanted.length);
    const differences = wanted.map((value, index) => Math.abs(value - actual![index]!));
    const worst = differences.reduce((most, difference) => Math.max(most, difference), 0);
    expect(worst / scale, what).toBeLessThan(tolerance);
  }

  async function expectRight(each: Case, fill?: Fill, tolerance = 4e-6) {
    const given = inputsOf(each, fill);
    const { output, dx, model } = await run(each, given);
    const wanted = reference(each, given);
    expectNear("output", output, wanted.output, tolerance);
    expectNear("dx", dx, wanted.dx, tolerance);
    expectNear("weight", model.get(gradientKey("fc.0.weight")), wanted.weight, 3e-7, wanted.weightScale);
    expectNear("bias", model.get(gradientKey("fc.0.bias")), wanted.bias, 3e-7, wanted.biasScale);
    if (each.groups !== undefined) return;
    const after = (name: string) => model.get(parameterKey(`fc.0.${name}`));
    if (each.mode === "evaluation") {
      expect(after("running_mean")).toEqual(given.parameters["fc.0.running_mean"]);
      expect(after("running_var")).toEqual(given.parameters["fc.0.running_var"]);
    } else {
      expectNear("running mean", after("running_mean"), wanted.runningMean, tolerance);
      expectNear("running variance", after("running_var"), wanted.runningVariance, tolerance);
    }
  }

  const cases: readonly Case[] = [
    { name: "BatchNorm of images", shape: [3, 5, 17, 19] },
    { name: "BatchNorm of volumes in several chunks", shape: [2, 3, 21, 23, 29] },
    { name: "BatchNorm of single voxels", shape: [7, 4, 1, 1, 1] },
    { name: "BatchNorm in evaluation", shape: [2, 3, 7, 5, 6], mode: "evaluation" },
    { name: "GroupNorm of images", shape: [3, 6, 17, 19], groups: 2 },
    { name: "GroupNorm of volumes in several chunks", shape: [2, 4, 13, 23, 29], groups: 2 },
    { name: "GroupNorm in evaluation", shape: [2, 4, 3, 5, 6], groups: 1, mode: "evaluation" },
    { name: "InstanceNorm of images", shape: [3, 5, 17, 19], groups: 5 },
    { name: "InstanceNorm of volumes in several chunks", shape: [2, 2, 21, 23, 29], groups: 2 },
  ];

  it.each(cases)("$name is right forward and back", async (each) => {
    await expectRight(each);
  });

  const large: readonly Case[] = [
    { name: "BatchNorm", shape: [2, 2, 30, 50, 50] },
    { name: "GroupNorm", shape: [1, 4, 20, 50, 50], groups: 2 },
    { name: "InstanceNorm", shape: [1, 2, 30, 50, 50], groups: 2 },
  ];

  it.each(large)("$name of volumes with a large background is right", async (each) => {
    const values = numbers(4096, 5, 0.3, 1.7);
    await expectRight(each, (index) => (index % 50 < 40 ? 0 : values[index % 4096]!));
  });

  it.each(large)("$name of volumes far from 0 is right", async (each) => {
    const values = numbers(4096, 5, -1, 1);
    // The input has only so many digits after its mean; the reference has the same input.
    await expectRight(each, (index) => 1000 + values[index % 4096]!, 3e-5);
  });

  it.each(large)("$name of a constant volume gives its bias", async (each) => {
    const given = inputsOf(each, () => 0.3);
    const { output } = await run(each, given);
    const voxels = each.shape.slice(2).reduce((a, b) => a * b);
    const bias = given.parameters["fc.0.bias"];
    const worst = output.reduce(
      (most, value, index) =>
        Math.max(most, Math.abs(value - bias[Math.floor(index / voxels) % bias.length]!)),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
  });

  it.each(cases.filter(({ groups }) => groups === undefined))("$name keeps NaN", async (each) => {
    const given = inputsOf(each);
    given.input[0] = Number.NaN;
    const { output } = await run(each, given);
    const voxels = each.shape.slice(2).reduce((a, b) => a * b);
    const lost = [...output].filter((value, index) => {
      const broken =
        each.mode === "evaluation" ? index === 0 : Math.floor(index / voxels) % each.shape[1]! === 0;
      return Number.isNaN(value) !== broken;
    });
    expect(lost).toEqual([]);
  });

  it("has the moments of more sets than a device has groups along an axis", async () => {
    const sets = 65_600;
    const x = numbers(2 * sets, 7, -2, 2);
    const { results } = await runTape(
      open.device,
      (tape) => ({ ...momentsOf(tape, tape.own("x", [2, sets, 1]), { outer: 2, sets, inner: 1 }) }),
      { own: { x } },
    );
    const mean = (k: number) => (x[k]! + x[sets + k]!) / 2;
    const variance = (k: number) => ((x[k]! - x[sets + k]!) / 2) ** 2;
    const each = <T>(of: (k: number) => T) => Array.from({ length: sets }, (_, k) => of(k));
    expectNear("mean", results.mean, Float64Array.from(each(mean)), 1e-6);
    expectNear("variance", results.variance, Float64Array.from(each(variance)), 1e-6);
  });

  it("hands over gradients of what learns alone", async () => {
    const each: Case = { name: "", shape: [2, 3, 4, 4] };
    const given = inputsOf(each);
    const { model, dx } = await run(each, given, { trainable: new Set(["fc.0.bias"]) });
    expect([...model.keys()].filter((key) => key.startsWith(gradientKey("")))).toEqual([
      gradientKey("fc.0.bias"),
    ]);
    expectNear("dx", dx, reference(each, given).dx, 4e-6);
  });

  it("gives the same bits twice", async () => {
    const given = inputsOf(large[0]!);
    const [first, second] = [await run(large[0]!, given), await run(large[0]!, given)];
    const bits = ({ buffer }: Float32Array<ArrayBuffer>) => Buffer.from(buffer);
    expect(bits(first.output).equals(bits(second.output))).toBe(true);
    expect(bits(first.dx).equals(bits(second.dx))).toBe(true);
  });

  it.each(["GroupNorm", "InstanceNorm"] as const)(
    "%s without weights is that with ones and zeros",
    async (kind) => {
      const each: Case = { name: "", shape: [2, 4, 3, 5], groups: kind === "GroupNorm" ? 2 : 4 };
      const given = inputsOf(each);
      const parameters = {
        ...given.parameters,
        "fc.0.weight": new Float32Array(4).fill(1),
        "fc.0.bias": new Float32Array(4),
      };
      const wanted = reference(each, { ...given, parameters });
      const layer = { ...layerOf(each), affine: false } as Layer;
      const { output, dx, model } = await runLayer(
        open.device,
        (input, pass) =>
          recordLayer(layer.kind, {
            layer,
            path: "fc.0",
            input,
            pass,
            recordSequence: () => expect.unreachable(),
          }),
        { ...given, parameters: {} },
      );
      expectNear("output", output, wanted.output, 4e-6);
      expectNear("dx", dx, wanted.dx, 4e-6);
      expect(model.size).toBe(0);
    },
  );
});
