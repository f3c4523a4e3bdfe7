import { describe, expect, it } from "vitest";
import { partRange } from "../../../src/training/results/groupInParts";

const ranges = (of: number, images: number, batchSize: number) =>
  Array.from({ length: of }, (_, part) => partRange({ part, of }, images, batchSize));

describe("the parts of a group", () => {
  it("begin where a batch begins, and have each image once", () => {
    expect(ranges(3, 50, 8)).toEqual([
      [0, 16],
      [16, 32],
      [32, 50],
    ]);
    expect(ranges(1, 50, 8)).toEqual([[0, 50]]);
  });

  it("are empty where there are more of them than batches", () => {
    expect(ranges(4, 9, 8)).toEqual([
      [0, 0],
      [0, 8],
      [8, 8],
      [8, 9],
    ]);
  });
});
