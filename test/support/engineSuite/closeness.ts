import { expect } from "vitest";
import type { Tensor } from "../../../src/network/weights/tensor";

/** The elements of a tensor of any type. */
export const numbersOf = ({ data }: Tensor): number[] => Array.from<number | bigint, number>(data, Number);

/** Largest magnitude in a tensor. */
export const magnitude = (tensor: Tensor): number =>
  numbersOf(tensor).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

/**
 * Expects every element of `actual` within `tolerance` times the largest magnitude in `wanted` (or `scale`, if that is
 * larger): a float32 sum is as exact as its largest terms.
 */
export function expectClose(
  what: string,
  actual: Tensor | undefined,
  wanted: Tensor,
  tolerance: number,
  scale = 0,
): void {
  const differences = differencesOf(what, actual, wanted);
  // A NaN is the worst of all differences.
  const worst = differences.reduce((a, b, index) => (b <= differences[a]! ? a : index), 0);
  const message = `${what}: element ${worst} is ${actual?.data[worst]}, not ${wanted.data[worst]}`;
  const allowed = tolerance * Math.max(scale, magnitude(wanted));
  expect(differences[worst], message).toBeLessThanOrEqual(allowed);
}

/** Expects the root mean square of the differences within `tolerance` times that of `wanted`. */
export function expectCloseOnTheWhole(
  what: string,
  actual: Tensor | undefined,
  wanted: Tensor,
  tolerance: number,
): void {
  const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  const allowed = tolerance * norm(numbersOf(wanted));
  expect(norm(differencesOf(what, actual, wanted)), `${what}: norm of the differences`).toBeLessThanOrEqual(
    allowed,
  );
}

function differencesOf(what: string, actual: Tensor | undefined, wanted: Tensor): number[] {
  expect(actual?.data.length, `${what}: number of elements`).toBe(wanted.data.length);
  return numbersOf(wanted).map((value, index) => Math.abs(Number(actual!.data[index]) - value));
}
