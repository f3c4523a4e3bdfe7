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
