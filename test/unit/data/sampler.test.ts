import { describe, expect, it } from "vitest";
import type { Sample } from "../../../src/data/batches/dataset";
import { randomOrder, sampleWeights, weightedOrder } from "../../../src/data/batches/sampler";
import { RandomGenerator } from "../../../src/network/weights/random";

const samples = (targets: readonly number[]): Sample[] =>
  targets.map((target, i) => ({
    participantId: `sub-${i}`,
    sessionId: "ses-M000",
    cohort: "single",
    part: 0,
    label: "",
    target,
  }));

describe("randomOrder", () => {
  it("visits every sample once", () => {
    const order = randomOrder(100, new RandomGenerator(3));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("depends on the generator's seed alone", () => {
    const order = (seed: number) => randomOrder(50, new RandomGenerator(seed));
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
  });

  it("is the permutation that ClinicaDL's sampler draws (torch.randperm)", () => {
    expect(randomOrder(10, new RandomGenerator(0))).toEqual([4, 1, 7, 5, 3, 9, 0, 8, 6, 2]);
  });
});

describe("sampleWeights", () => {
  it("weighs a sample by the inverse size of its class", () => {
    expect(sampleWeights([0, 1, 1, 1, 0, 2], "classification")).toEqual([
      1 / 2,
      1 / 3,
      1 / 3,
      1 / 3,
      1 / 2,
      1,
    ]);
  });

  it("weighs a value by the inverse size of its fifth of the range", () => {
    expect(sampleWeights([0, 1.9, 2, 10, 9, 4.1], "regression")).toEqual([1 / 2, 1 / 2, 1, 1 / 2, 1 / 2, 1]);
  });

  it("weighs as many values as a study of slices has", () => {
    const values = Array.from({ length: 300_000 }, (_, i) => i % 5);
    expect(sampleWeights(values, "regression")[0]).toBe(1 / 60_000);
  });

  it("weighs equal values equally", () => {
    expect(sampleWeights([5, 5], "regression")).toEqual([1 / 2, 1 / 2]);
  });
});

describe("weightedOrder", () => {
  const unequal = samples([...Array(90).fill(0), ...Array(10).fill(1)]);

  it("draws as many samples as there are, each class about equally often", () => {
    const rare = Array.from({ length: 40 }, (_, seed) => {
      const order = weightedOrder(unequal, "classification", new RandomGenerator(seed));
      expect(order).toHaveLength(100);
      return order.filter((index) => index >= 90).length;
    });
    const mean = rare.reduce((sum, count) => sum + count, 0) / rare.length;
    // 4000 draws of probability 1/2: three standard deviations of the mean of 100 are 2.4.
    expect(Math.abs(mean - 50)).toBeLessThan(2.4);
  });

  it("depends on the generator's seed alone", () => {
    const order = (seed: number) => weightedOrder(unequal, "classification", new RandomGenerator(seed));
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});
