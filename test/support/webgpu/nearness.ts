import { expect } from "vitest";

/** Expects a sum of float32 that is off by a few roundings of the largest at most. */
export function expectNear(what: string, actual: Float32Array | undefined, wanted: Float64Array): void {
  expect(actual?.length, `${what}: number of elements`).toBe(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // A NaN is the largest of all.
  const worst = wanted.reduce((most, value, at) => Math.max(most, Math.abs(actual![at]! - value)), 0);
  expect(worst / largest, `${what}: largest error over the largest value`).toBeLessThan(1e-6);
}
