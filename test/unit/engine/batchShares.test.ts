import { describe, expect, it } from "vitest";
import { BatchShares } from "../../../src/engine/batchShares";

/** The gradient of an update by batches of these weights, whose mean gradients are `gradients`. */
function meanOf(weights: readonly number[], gradients: readonly number[]): number {
  const shares = new BatchShares();
  const sum = weights.reduce((before, weight, i) => before + shares.add(weight) * gradients[i]!, 0);
  return sum * shares.scale;
}

describe("the shares of batches in an update", () => {
  it("make the mean over all samples", () => {
    expect(meanOf([4, 4, 3], [1, 2, 5])).toBeCloseTo((4 + 8 + 15) / 11, 15);
    expect(meanOf([0.5, 3.25], [2, -1])).toBeCloseTo((1 - 3.25) / 3.75, 15);
  });

  it("are those of a plain mean, to the bit, where all weigh alike", () => {
    for (let count = 1; count <= 40; count++) {
      for (const weight of [1, 3, 7, 16]) {
        const shares = new BatchShares();
        const each = Array.from({ length: count }, () => shares.add(weight));
        expect(new Set(each)).toEqual(new Set([1]));
        expect(shares.scale).toBe(1 / count);
      }
    }
  });

  it("begin anew with each update", () => {
    const shares = new BatchShares();
    shares.add(8);
    shares.clear();
    expect(shares.add(2)).toBe(1);
    expect(shares.add(1)).toBe(0.5);
    expect(shares.scale).toBe(2 / 3);
  });

  it("are all 1 in a sum, and so is its scale", () => {
    const shares = new BatchShares("sum");
    expect([shares.add(4), shares.add(1), shares.scale]).toEqual([1, 1, 1]);
  });
});
