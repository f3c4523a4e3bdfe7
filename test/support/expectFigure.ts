import { expect } from "vitest";
import { type Figure, isUndefined } from "../../src/statistics/figure";

/** The value of a figure that exists. */
export function defined<Value>(figure: Figure<Value>): Value {
  if (isUndefined(figure)) throw new Error(`undefined because ${figure.undefinedBecause}`);
  return figure;
}

/** |got - expected| <= tolerance max(1, |expected|), as the golden numbers' own page has it. */
export function expectNear(got: Figure, expected: number, tolerance: number, name = ""): void {
  const value = defined(got);
  expect(Math.abs(value - expected), `${name}: ${value} is not ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

/** A p-value: also 1e-8 of itself, so that the smallest ones have their digits. */
export function expectP(got: Figure, expected: number, tolerance: number, name = ""): void {
  expectNear(got, expected, tolerance, name);
  const value = defined(got);
  expect(Math.abs(value / expected - 1), `${name}: ${value} is not ${expected}`).toBeLessThanOrEqual(1e-8);
}

export function expectAllNear(
  got: readonly Figure[],
  expected: readonly number[],
  tolerance: number,
  name = "",
): void {
  expect(got.length, name).toBe(expected.length);
  for (const [i, value] of expected.entries()) expectNear(got[i]!, value, tolerance, `${name} ${i}`);
}

/**
 * An interval by Student's t. The golden numbers' quantiles of it are off by 4e-10 of themselves (scipy 1.10, against mpmath, by which ours
 * are checked in `distributions.test.ts`), so of its width nine digits are compared, and of its middle those of the others.
 */
export function expectStudentInterval(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  expected: readonly [number, number],
  tolerance: number,
): void {
  expectNear((lower + upper) / 2, (expected[0] + expected[1]) / 2, tolerance, "middle");
  expect(Math.abs((upper - lower) / (expected[1] - expected[0]) - 1), "width").toBeLessThan(1e-9);
}
