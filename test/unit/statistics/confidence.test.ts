import { describe, expect, it } from "vitest";
import { confidenceIntervals } from "../../../src/statistics/confidence";

/** Numerical Recipes' linear congruential generator: enough for a test. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const values = Array.from({ length: 100 }, (_, i) => i);
const mean = (indices: Int32Array) => ({
  mean: indices.reduce((sum, index) => sum + values[index]!, 0) / indices.length,
});

describe("confidenceIntervals", () => {
  it("encloses 95 % of the resampled means, and gives their deviation", () => {
    const interval = confidenceIntervals(values.length, mean, seeded(1))!.mean!;
    // Standard error of the mean of 0 .. 99: sqrt((100^2 - 1) / 12 / 100).
    const expected = Math.sqrt((100 ** 2 - 1) / 12 / 100);
    expect(interval.standardError).toBeGreaterThan(expected * 0.95);
    expect(interval.standardError).toBeLessThan(expected * 1.05);
    expect(interval.lower).toBeGreaterThan(49.5 - 2.1 * expected);
    expect(interval.lower).toBeLessThan(49.5 - 1.8 * expected);
    expect(interval.upper).toBeLessThan(49.5 + 2.1 * expected);
    expect(interval.upper).toBeGreaterThan(49.5 + 1.8 * expected);
  });

  it("is the same for the same seed", () => {
    const once = confidenceIntervals(values.length, mean, seeded(3));
    expect(confidenceIntervals(values.length, mean, seeded(3))).toEqual(once);
    expect(confidenceIntervals(values.length, mean, seeded(4))).not.toEqual(once);
  });

  it("is absent for fewer than two samples", () => {
    expect(confidenceIntervals(1, mean, seeded(1))).toBeNull();
  });
});
