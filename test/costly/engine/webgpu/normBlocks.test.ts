/** Layers that are recorded together give what they give one by one. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { type Form, gradientKey, type PassOptions, parameterKey } from "../../../../src/engine/webgpu/pass";
import { recordSequence } from "../../../../src/engine/webgpu/sequence";
import { sequence } from "../../../../src/network/definition/layerDefinition";
import type { Layer } from "../../../../src/network/layer";
import { spread } from "../../../support/engineSuite/layerCases";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runLayer } from "../../../support/webgpu/deviceTape";

interface Case {
  readonly name: string;
  /** [N, channels, ...spatial] */
  readonly shape: readonly number[];
  readonly activation: Layer;
  readonly pool: Layer;
}

const windows = (dimensions: 2 | 3, kernel: number, stride: number) => ({
  dimensions,
  kernel: Array<number>(dimensions).fill(kernel),
  stride: Array<number>(dimensions).fill(stride),
});
const RELU = { kind: "ReLU" } as const;
const LEAKY = { kind: "LeakyReLU", negativeSlope: 0.1 } as const;

const cases: readonly Case[] = [
  {
    name: "a PadMaxPool of volumes of odd sizes",
    shape: [2, 3, 13, 15, 17],
    activation: RELU,
    pool: { kind: "PadMaxPool", ...windows(3, 2, 2) },
  },
  {
    name: "a PadMaxPool of images behind a LeakyReLU",
    shape: [3, 4, 11, 8],
    activation: LEAKY,
    pool: { kind: "PadMaxPool", ...windows(2, 2, 2) },
  },
  {
    name: "a MaxPool whose windows overlap",
    shape: [2, 2, 9, 8, 7],
    activation: RELU,
    pool: { kind: "MaxPool", ...windows(3, 3, 2), padding: [1, 1, 1] },
  },
  {
    name: "a MaxPool that leaves something over",
    shape: [2, 5, 23, 21],
    activation: LEAKY,
    pool: { kind: "MaxPool", ...windows(2, 2, 3), padding: [0, 0] },
  },
  {
    name: "a PadMaxPool of several chunks a channel",
    shape: [2, 2, 24, 25, 26],
    activation: RELU,
    pool: { kind: "PadMaxPool", ...windows(3, 2, 2) },
  },
];

const norm = ({ shape }: Case): Layer => ({
  kind: "BatchNorm",
  dimensions: shape.length === 4 ? 2 : 3,
  channels: shape[1]!,
  epsilon: 1e-5,
  momentum: 0.1,
});

const inverseOf = (pool: Layer): Layer => {
  if (pool.kind === "MaxPool") return { ...pool, kind: "MaxUnpool" };
  if (pool.kind === "PadMaxPool") return { ...pool, kind: "CropMaxUnpool" };
  throw new Error(`${pool.kind} has no inverse.`);
};

describe.skipIf(!hasSoftwareCard)("blocks of layers with a norm", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  function run(
    layers: readonly Layer[],
    each: Case,
    form: Form,
    input: Float32Array,
    options: Partial<PassOptions>,
  ) {
    const channels = each.shape[1]!;
    const numbers = (salt: number, low: number, high: number) =>
      Float32Array.from(spread(channels, salt, low, high));
    return runLayer(
      open.device,
      (value, pass) => recordSequence(sequence(layers), "fc", value, pass),
      {
        shape: each.shape,
        input,
        dy: (elements) => Float32Array.from(spread(elements, 5, -1, 2)),
        parameters: {
          "fc.0.weight": numbers(1, -1, 1.5),
          "fc.0.bias": numbers(2, -1, 1),
          "fc.0.running_mean": numbers(3, -1, 1),
          "fc.0.running_var": numbers(4, 0.5, 2),
        },
      },
      { trainable: new Set(["fc.0.weight", "fc.0.bias"]), form, ...options },
    );
  }

  async function expectAlike(
    layers: readonly Layer[],
    each: Case,
    input: Float32Array,
    options: Partial<PassOptions>,
  ) {
    const plain = await run(layers, each, "plain", input, options);
    const fast = await run(layers, each, "fast", input, options);
    expect(fast.outputShape).toEqual(plain.outputShape);
    const near = (what: string, actual: Float32Array | undefined, wanted: Float32Array | undefined) => {
      expect(actual?.length, what).toBe(wanted?.length);
      if (actual === undefined || wanted === undefined) return;
      const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      const worst = wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - actual[at]!)), 0);
      expect(worst / scale, what).toBeLessThan(2e-6);
    };
    near("output", fast.output, plain.output);
    near("dx", fast.dx, plain.dx);
    for (const key of [
      gradientKey("fc.0.weight"),
      gradientKey("fc.0.bias"),
      parameterKey("fc.0.running_mean"),
      parameterKey("fc.0.running_var"),
    ]) {
      near(key, fast.model.get(key), plain.model.get(key));
    }
  }

  const inputOf = ({ shape }: Case) => {
    const count = shape.reduce((a, b) => a * b);
    return Float32Array.from(spread(count, 7, -2, 2));
  };
  const layersOf = (each: Case) => [norm(each), each.activation, each.pool];

  it.each(cases)("before $name", async (each) => {
    await expectAlike(layersOf(each), each, inputOf(each), {});
  });

  it.each(cases)("before $name, in evaluation", async (each) => {
    const options = { mode: "evaluation", differentiable: true } as const;
    await expectAlike(layersOf(each), each, inputOf(each), options);
    await expectAlike(layersOf(each), each, inputOf(each), { ...options, trainable: new Set() });
  });

  it.each(cases)("before $name, and an unpool that answers it", async (each) => {
    const layers = [...layersOf(each), inverseOf(each.pool)];
    await expectAlike(layers, each, inputOf(each), { answeredPools: new Set(["fc.2"]) });
  });

  it.each(cases)("before $name, where most values are equal", async (each) => {
    const input = inputOf(each).map((value) => (value > 1.2 ? value : 0));
    await expectAlike([...layersOf(each), inverseOf(each.pool)], each, input, {
      answeredPools: new Set(["fc.2"]),
    });
  });

  it.each(cases)("before $name: what is not a number stays that", async (each) => {
    const input = inputOf(each);
    input[3] = Number.NaN;
    const options = { mode: "evaluation" } as const;
    const plain = await run(layersOf(each), each, "plain", input, options);
    const fast = await run(layersOf(each), each, "fast", input, options);
    expect([...fast.output].map(Number.isNaN)).toEqual([...plain.output].map(Number.isNaN));
    expect(fast.output.some(Number.isNaN)).toBe(true);
  });

  const withoutPool: readonly Layer[] = [
    { kind: "BatchNorm", dimensions: 3, channels: 6, epsilon: 1e-5, momentum: 0.1 },
    { kind: "GroupNorm", dimensions: 3, channels: 6, groups: 2, epsilon: 1e-5, affine: true },
    { kind: "InstanceNorm", dimensions: 3, channels: 6, epsilon: 1e-5, affine: true },
  ];
  const activations = [RELU, LEAKY, { kind: "LeakyReLU", negativeSlope: 10 }] as const;
  const pairs = withoutPool.flatMap((layer) => activations.map((activation) => ({ layer, activation })));

  it.each(pairs)("$layer.kind and $activation.kind without a pool", async ({ layer, activation }) => {
    const each: Case = { name: "", shape: [2, 6, 11, 12, 13], activation, pool: activation };
    const layers = [layer, activation];
    await expectAlike(layers, each, inputOf(each), {});
    const options = { mode: "evaluation", differentiable: true } as const;
    await expectAlike(layers, each, inputOf(each), { ...options, trainable: new Set() });
    await expectAlike(layers, each, inputOf(each), options);
    const { dispatches } = await run(layers, each, "fast", inputOf(each), {});
    expect(dispatches).not.toContain(activation.kind);
  });

  it("takes fewer dispatches", async () => {
    const each = cases[0]!;
    const { dispatches: plain } = await run(layersOf(each), each, "plain", inputOf(each), {});
    const { dispatches: fast } = await run(layersOf(each), each, "fast", inputOf(each), {});
    expect(fast).toContain("maxima of normalised and rectified values");
    expect(fast.length).toBeLessThan(plain.length);
  });

  it.each(["plain", "fast"] as const)(
    "a convolution before a norm trains without its bias, %s form",
    async (form) => {
      const each: Case = { name: "", shape: [2, 3, 9, 8], activation: RELU, pool: cases[1]!.pool };
      const convolution: Layer = {
        kind: "Conv",
        dimensions: 2,
        inChannels: 3,
        outChannels: 3,
        kernel: [3, 3],
        stride: [1, 1],
        padding: [1, 1],
        dilation: [1, 1],
        groups: 1,
        bias: true,
      };
      const parameters = {
        "fc.0.weight": Float32Array.from(spread(81, 9)),
        "fc.0.bias": Float32Array.of(1, 20, -300),
        "fc.1.weight": Float32Array.of(1, 2, 3),
        "fc.1.bias": Float32Array.of(0.1, 0.2, 0.3),
        "fc.1.running_mean": new Float32Array(3),
        "fc.1.running_var": new Float32Array(3).fill(1),
      };
      const of = (bias: Float32Array) =>
        runLayer(
          open.device,
          (value, pass) => recordSequence(sequence([convolution, ...layersOf(each)]), "fc", value, pass),
          {
            shape: each.shape,
            input: inputOf(each),
            dy: (elements) => Float32Array.from(spread(elements, 5)),
            parameters: { ...parameters, "fc.0.bias": bias },
          },
          { form, trainable: new Set(["fc.0.weight", "fc.0.bias", "fc.1.weight", "fc.1.bias"]) },
        );
      const [biased, unbiased] = [await of(parameters["fc.0.bias"]), await of(new Float32Array(3))];
      expect(biased.model.get(gradientKey("fc.0.bias"))).toEqual(new Float32Array(3));
      expect(biased.output).toEqual(unbiased.output);
      const mean = ({ model }: typeof biased) => model.get(parameterKey("fc.1.running_mean"))!;
      mean(unbiased).forEach((value, channel) => {
        expect(mean(biased)[channel]).toBeCloseTo(value + 0.1 * parameters["fc.0.bias"][channel]!, 5);
      });
    },
  );
});
