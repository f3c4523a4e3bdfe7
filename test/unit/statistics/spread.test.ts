import { describe, expect, it } from "vitest";
import { recalls } from "../../../src/statistics/recalls";
import { spread } from "../../../src/statistics/spread";

describe("over splits and classes", () => {
  it("mean and sample deviation leave out what is not a number", () => {
    const { mean, deviation, count } = spread([1, 2, 3, Number.NaN, undefined, null]);
    expect([mean, deviation, count]).toEqual([2, 1, 3]);
    expect(spread([5]).deviation).toBeNaN();
  });

  it("equal values do not deviate, although their mean is rounded", () => {
    expect((0.4 + 0.4 + 0.4) / 3).not.toBe(0.4);
    expect(spread([0.4, 0.4, 0.4]).deviation).toBe(0);
  });

  it("recalls are shares of the true class", () => {
    expect(
      recalls([
        [3, 1],
        [2, 6],
      ]),
    ).toEqual([0.75, 0.75]);
    expect(
      recalls([
        [0, 0],
        [1, 1],
      ])[0],
    ).toBeNaN();
  });
});
