import { describe, expect, it } from "vitest";
import {
  binomialAtMost,
  binomialExactly,
  chiSquaredAbove,
  fAbove,
  fQuantileAbove,
  normalReach,
  normalTwoSided,
  studentAbove,
  studentReach,
  studentTwoSided,
} from "../../../src/statistics/distributions";

const expectDigits = (got: number, expected: number, relative = 1e-12) =>
  expect(Math.abs(got / expected - 1)).toBeLessThan(relative);

/** By mpmath with 40 digits: the root of the distribution function. */
describe("quantiles", () => {
  it.each([
    [4, 2.7764451051977943],
    [5, 2.5705818356363155],
    [9, 2.2621571627982053],
    [14, 2.144786687917804],
    [29, 2.0452296421327043],
    [59, 2.000995378088268],
    [73, 1.9929971258898551],
    [78, 1.9908470688116908],
    [199, 1.971956544251754],
  ])("of Student's t with %d degrees of freedom", (freedom, expected) => {
    expectDigits(studentReach(0.95, freedom), expected, 1e-13);
  });

  it("of the normal distribution", () => expectDigits(normalReach(0.95), 1.9599639845400543, 1e-14));

  it("of the F distribution lead back to the probability", () => {
    for (const [a, b] of [
      [1, 5],
      [59, 58.13],
      [199, 60],
    ] as const) {
      for (const above of [0.025, 0.5, 0.975]) expectDigits(fAbove(fQuantileAbove(above, a, b), a, b), above);
    }
  });
});

/** By mpmath with 40 digits. */
const TAILS = {
  chiSquared: 2.4085796836203832e-26,
  chiSquaredFar: 2.0991308534204087e-151,
  student: 1.0496061746317454e-27,
  normal: 3.552964224155358e-33,
  f: 9.680335081904304e-26,
  binomial: 8.29839709604311e-55,
};

describe("tails, however small", () => {
  it("of the chi-squared distribution", () => {
    expectDigits(chiSquaredAbove(112.78195488721803, 1), TAILS.chiSquared);
    expectDigits(chiSquaredAbove(700, 3), TAILS.chiSquaredFar);
    expect(chiSquaredAbove(0, 2)).toBe(1);
    expect(chiSquaredAbove(5, 0)).toBe(1);
    expect(chiSquaredAbove(Number.POSITIVE_INFINITY, 2)).toBe(0);
  });

  it("of Student's t", () => {
    expectDigits(studentTwoSided(20, 58), TAILS.student);
    expectDigits(studentAbove(20, 58), TAILS.student / 2);
    expect(studentAbove(-20, 58)).toBe(1);
    expect(studentTwoSided(0, 3)).toBe(1);
    expect(studentTwoSided(Number.POSITIVE_INFINITY, 3)).toBe(0);
  });

  it("of the normal and the F distribution", () => {
    expectDigits(normalTwoSided(12), TAILS.normal);
    expectDigits(fAbove(60, 4, 100), TAILS.f);
    expect(fAbove(0, 4, 100)).toBe(1);
  });

  it("of the binomial distribution", () => {
    expectDigits(binomialAtMost(3, 200, 0.5), TAILS.binomial);
    expect(binomialAtMost(-1, 10, 0.5)).toBe(0);
    expect(binomialAtMost(10, 10, 0.5)).toBe(1);
    expectDigits(binomialExactly(95, 215, 0.5), binomialAtMost(95, 215, 0.5) - binomialAtMost(94, 215, 0.5));
  });
});
