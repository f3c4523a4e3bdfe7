/** The activations on a device, against their formulas in double precision, from the smallest to the largest numbers. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { recordLayer } from "../../../../src/engine/webgpu/layers";
import type { Layer } from "../../../../src/network/layer";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runLayer } from "../../../support/webgpu/deviceTape";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** (1 + erf(x / sqrt 2)) / 2 by the series of erf near 0, by the continued fraction of the tail far from it. */
function distribution(x: number): number {
  const t = Math.abs(x);
  if (t > 5) {
    let fraction = t;
    for (let k = 60; k > 0; k--) fraction = t + k / fraction;
    const tail = density(t) / fraction;
    return x < 0 ? tail : 1 - tail;
  }
  let [term, sum] = [x, x];
  for (let k = 1; k < 200; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

interface Formula {
  readonly layer: Layer;
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

const formulas: readonly Formula[] = [
  { layer: { kind: "ReLU" }, value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  {
    layer: { kind: "LeakyReLU", negativeSlope: 0.2 },
    value: (x) => (x > 0 ? x : 0.2 * x),
    slope: (x) => (x > 0 ? 1 : 0.2),
  },
  { layer: { kind: "Sigmoid" }, value: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) },
  { layer: { kind: "Tanh" }, value: Math.tanh, slope: (x) => 1 / Math.cosh(x) ** 2 },
  {
    layer: { kind: "ELU", alpha: 1.7 },
    value: (x) => (x > 0 ? x : 1.7 * Math.expm1(x)),
    slope: (x) => (x > 0 ? 1 : 1.7 * Math.exp(x)),
  },
  {
    layer: { kind: "GELU" },
    value: (x) => x * distribution(x),
    slope: (x) => distribution(x) + x * density(x),
  },
  {
    layer: { kind: "SiLU" },
    value: (x) => x * sigmoid(x),
    slope: (x) => sigmoid(x) * (1 + x * sigmoid(-x)),
  },
];

const around0 = Array.from({ length: 2001 }, (_, k) => (k - 1000) / 100);
const sizes = [1e-30, 1e-8, 1e-5, 1e-3, 0.3, 0.62, 0.63, 20, 50, 88, 89, 104, 1e3, 1e10, 3e38];
const inputs = Float32Array.from([...around0, ...sizes, ...sizes.map((size) => -size)]);

describe.skipIf(!hasSoftwareCard)("activations on a device", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  const run = (layer: Layer, input: Float32Array) =>
    runLayer(
      open.device,
      (value, pass) =>
        recordLayer(layer.kind, {
          layer,
          path: "fc.0",
          input: value,
          pass,
          recordSequence: () => expect.unreachable(),
        }),
      { shape: [1, input.length], input, dy: new Float32Array(input.length).fill(3) },
    );

  it.each(formulas)("$layer.kind has its value and its slope everywhere", async ({ layer, value, slope }) => {
    const { output, dx } = await run(layer, inputs);
    // A device may take a number below 1e-37 for 0; the relative error of exp(a) in float32 grows with a, to 5e-6 at 88.
    const valueFits = (y: number, wanted: number) => Math.abs(y - wanted) <= 1e-5 * Math.abs(wanted) + 1e-36;
    const slopeFits = (dy: number, wanted: number) => Math.abs(dy - wanted) <= 5e-7;
    const wrong = [...inputs].flatMap((x, index) => {
      const [y, dy] = [output[index]!, dx[index]! / 3];
      return valueFits(y, value(x)) && slopeFits(dy, slope(x))
        ? []
        : [{ x, y, value: value(x), dy, slope: slope(x) }];
    });
    expect(wrong).toEqual([]);
  });

  it.each(formulas)("$layer.kind keeps what is not a number", async ({ layer }) => {
    const { output } = await run(layer, Float32Array.of(Number.NaN, 1, -1, Number.NaN));
    expect([...output].map(Number.isNaN)).toEqual([true, false, false, true]);
  });
});
