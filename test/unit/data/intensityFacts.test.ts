import { describe, expect, it } from "vitest";
import { LARGEST } from "../../../src/data/batches/normalise";
import { intensityFacts } from "../../../src/data/nifti/intensityFacts";
import { RandomGenerator } from "../../../src/network/weights/random";
import { isSquashed } from "../../../src/statistics/robustRange";

/** A background of zeros and a brain of values between 400 and 800. */
function brain(voxels = 50_000): Float32Array {
  const random = new RandomGenerator(3);
  return Float32Array.from({ length: voxels }, (_, i) => (i % 3 === 0 ? 0 : 400 + 400 * random.uniform()));
}

describe("how the values of an image spread", () => {
  it("is where most of them lie, whatever the background", () => {
    const facts = intensityFacts(brain());
    expect(facts).toMatchObject({ min: 0, notNumbers: 0, low: 0 });
    expect(facts?.high).toBeGreaterThan(790);
    expect(facts?.high).toBeLessThan(800);
    expect(facts && isSquashed(facts)).toBe(false);
  });

  it.each([
    { value: 1e6, squashed: true },
    { value: -1e6, squashed: true },
    { value: 20 * 800, squashed: true },
    { value: 15 * 800, squashed: false },
    { value: Number.POSITIVE_INFINITY, squashed: true },
  ])("says whether one voxel of $value takes the range of all: $squashed", ({ value, squashed }) => {
    for (const voxels of [2000, 50_000]) {
      const values = brain(voxels);
      values[1234] = value;
      const facts = intensityFacts(values);
      expect(facts && isSquashed(facts)).toBe(squashed);
      expect(facts?.high).toBeLessThan(800);
    }
  });

  it("counts what is no number, and takes an infinity for what it becomes", () => {
    const values = brain();
    values.fill(Number.NaN, 0, 100);
    values[200] = Number.POSITIVE_INFINITY;
    expect(intensityFacts(values)).toMatchObject({ notNumbers: 100, min: 0, max: LARGEST });
    expect(intensityFacts(new Float32Array(8).fill(Number.NaN))).toBeNull();
  });

  it("finds no outlier where there is nothing to be far from", () => {
    for (const values of [[0, 0, 0, 5], [0, 0, 1, 1], [7], [0, 1]]) {
      const facts = intensityFacts(Float32Array.from(values));
      expect(facts && isSquashed(facts)).toBe(false);
    }
  });
});
