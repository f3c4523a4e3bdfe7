import { expect } from "vitest";
import type { OptimizerState } from "../../../src/engine/engine";
import { parameters, pytorchTensors } from "./fixture";

/** Expects the weights and the state of every parameter of the fixture to be those of PyTorch called `prefix`. */
export function expectAsPytorch(
  prefix: string,
  weights: ReadonlyMap<string, Float32Array>,
  { moments }: OptimizerState,
): void {
  for (const { name } of parameters) {
    const expected = pytorchTensors(prefix, name);
    // PyTorch's SGD counts no steps.
    expect(new Set(["weights", "step", ...moments.keys()])).toEqual(new Set(["step", ...expected.keys()]));
    for (const [moment, wanted] of expected) {
      const what = `${prefix}.${moment}.${name}`;
      const actual = moments.get(moment)?.get(name);
      if (moment === "weights") {
        expectEqual(weights.get(name)!, wanted.data, what);
      } else if (actual?.dtype === "float32") {
        expect(actual.shape).toEqual(wanted.shape);
        expectEqual(actual.data, wanted.data, what);
      } else throw new Error(`there is no ${moment} of ${name}`);
    }
  }
}

/**
 * Both sides compute in float32, in the same order; PyTorch sometimes fuses a multiplication with an addition. So each value
 * may be off by a few roundings of itself, and of the largest of its tensor where a sum cancels.
 */
function expectEqual(actual: Float32Array, expected: Float32Array, what: string): void {
  const largest = expected.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  expect(actual.length, what).toBe(expected.length);
  actual.forEach((value, i) => {
    const tolerance = 1e-6 * Math.abs(expected[i]!) + 2e-7 * largest;
    expect(Math.abs(value - expected[i]!), `${what} [${i}]`).toBeLessThanOrEqual(tolerance);
  });
}
