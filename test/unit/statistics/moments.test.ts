import { describe, expect, it } from "vitest";
import { deviation, mean } from "../../../src/statistics/moments";

describe("deviation", () => {
  it("is that of a population", () => {
    expect(mean([1, 3])).toBe(2);
    expect(deviation([1, 3])).toBe(1);
  });
});
