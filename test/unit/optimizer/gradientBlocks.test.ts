import { describe, expect, it } from "vitest";
import {
  gradientBlocks,
  leastCapacity,
  planFactorBlocks,
} from "../../../src/engine/optimizer/gradientBlocks";
import type { Gradient } from "../../../src/engine/optimizer/optimizer";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
import { values } from "./values";

/** The blocks put together, and how many there were. */
function gathered(gradient: Gradient, shape: readonly number[], capacity: number) {
  const whole: number[] = [];
  let blocks = 0;
  for (const block of gradientBlocks(gradient, shape, new Float32Array(capacity), plainKernels)) {
    expect(block.start).toBe(whole.length);
    expect(block.start % 4).toBe(0);
    whole.push(...block.gradient);
    blocks++;
  }
  return { whole: Float32Array.from(whole), blocks };
}

describe("gradientBlocks", () => {
  it("copies a dense gradient block by block", () => {
    const data = values(70_000, 1);
    const { whole, blocks } = gathered({ kind: "dense", data }, [70, 1000], 40_000);
    expect(whole).toEqual(data);
    expect(blocks).toBe(3);
  });

  describe("of factors", () => {
    const [count, rows, columns] = [23, 30, 17];
    const left = values(count * rows, 1);
    const right = values(count * columns, 2);
    const product = new Float32Array(rows * columns);
    plainKernels.sumOuterProducts(product, left, right, { count, rows, columns, leftStride: rows }, false);

    it.each([
      ["the least scratch", leastCapacity(rows, columns)],
      ["scratch for some of the samples", 600],
      ["scratch for all samples and some of the rows", count * (rows + columns) + 100],
      ["scratch for everything", 100_000],
    ])("give the bits of their product with %s", (_, capacity) => {
      expect(gathered({ kind: "factors", count, left, right }, [rows, columns], capacity).whole).toEqual(
        product,
      );
    });
  });

  it("refuses gradients of another shape", () => {
    const dense: Gradient = { kind: "dense", data: new Float32Array(3) };
    const factors: Gradient = {
      kind: "factors",
      count: 1,
      left: new Float32Array(2),
      right: new Float32Array(2),
    };
    expect(() => gathered(dense, [2, 2], 100)).toThrow("a gradient of 3 values for a parameter of 4");
    expect(() => gathered(factors, [2, 3], 100)).toThrow(
      "factors of 2 and 2 values for 1 times 2 rows and 3 columns",
    );
    expect(() => gathered(factors, [2, 1, 2], 100)).toThrow("no matrix");
  });
});

describe("planFactorBlocks", () => {
  it("takes few rows of a wide matrix and all of a small one", () => {
    expect(planFactorBlocks(1300, 32256, 8, 2 ** 24)).toEqual({ rowsPerBlock: 4, countPerChunk: 8 });
    expect(planFactorBlocks(50, 100, 8, 2 ** 24)).toEqual({ rowsPerBlock: 50, countPerChunk: 8 });
  });

  it("takes large blocks where the factors do not fit, because each block reads them again", () => {
    const { rowsPerBlock, countPerChunk } = planFactorBlocks(1300, 32256, 1000, 2 ** 24);
    expect(rowsPerBlock).toBe(260);
    expect(rowsPerBlock * 32256 + countPerChunk * (1300 + 32256)).toBeLessThanOrEqual(2 ** 24);
    expect(countPerChunk).toBeGreaterThan(240);
  });

  it("goes on with four rows and a few samples at a time at the least capacity", () => {
    expect(planFactorBlocks(9, 20_000_000, 8, leastCapacity(9, 20_000_000))).toEqual({
      rowsPerBlock: 4,
      countPerChunk: 3,
    });
  });
});
