import { expect } from "vitest";
import type { Tensor } from "../../../src/network/tensor";

/**
 * Expects every element of `actual` within `tolerance` times the largest magnitude in `wanted` (at least `floor`): float32
 * sums are as exact as their largest terms.
 */
export function expectClose(
  what: string,
  actual: Tensor | undefined,
  wanted: Tensor,
  tolerance: number,
  floor = 1e-3,
): void {
  expect(actual, `${what} exists`).toBeDefined();
  expect(actual!.data.length, `${what}: number of elements`).toBe(wanted.data.length);
  let scale = floor;
  let worst = 0;
  let place = 0;
  for (let index = 0; index < wanted.data.length; index++) {
    scale = Math.max(scale, Math.abs(Number(wanted.data[index])));
    const difference = Math.abs(Number(actual!.data[index]) - Number(wanted.data[index]));
    // A NaN is the worst of all differences.
    if (!(difference <= worst)) [worst, place] = [difference, index];
  }
  expect(
    worst / scale,
    `${what}: element ${place} is ${actual!.data[place]}, not ${wanted.data[place]}`,
  ).toBeLessThanOrEqual(tolerance);
}
