/** How numbers of transforms are drawn. */
import type { RandomGenerator } from "../../network/weights/random";
import { type Triple, tripleOf } from "../../space/triple";
import type { Grid } from "./grid";

/** Lowest and highest value that is drawn. */
export type DrawnRange = readonly [number, number];

export const uniform = (random: RandomGenerator, low: number, high: number) =>
  low + (high - low) * random.uniform();

/** A whole number from `low` to `high`, both among them. */
export const wholeNumber = (random: RandomGenerator, [low, high]: DrawnRange) =>
  low + random.integer(high - low + 1);

/** One of the axes along which the input extends. */
export const anyAxis = (random: RandomGenerator, { axes }: Grid) => axes[random.integer(axes.length)]!;

/** A number for each axis along which the input extends, x first; `otherwise` for the axis that a slice has not. */
export function forEachAxis(
  random: RandomGenerator,
  { axes }: Grid,
  [low, high]: DrawnRange,
  otherwise: number,
): Triple {
  return tripleOf((axis) => (axes.includes(axis) ? uniform(random, low, high) : otherwise));
}
