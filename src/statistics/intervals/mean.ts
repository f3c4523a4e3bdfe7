import { studentReach } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { mean } from "../moments";
import { type Interval, USUAL_LEVEL } from "./interval";

const ANY = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** What a mean of errors can be. */
export const NOT_NEGATIVE = [0, Number.POSITIVE_INFINITY] as const;

export interface MeanInterval extends Interval<"t"> {
  readonly mean: number;
}

/**
 * mean -+ t s / sqrt(n), by Student's t. Where people have several values, the sums of people vary and not the values: the variance of
 * a ratio of sums (W. Cochran, Sampling Techniques, 1977, chapter 6), which is the plain one where everybody has one value. Undefined
 * with fewer than two people. Student's limits know nothing of what the values can be, and of few people reach beyond it: they are cut
 * there.
 * @param people whose each value is: [n]; not given where nobody has two
 * @param range what a value can be: 0 and no end for errors
 */
export function meanInterval(
  values: readonly number[],
  {
    level = USUAL_LEVEL,
    people,
    range: [least, most] = ANY,
  }: {
    readonly level?: number;
    readonly people?: readonly string[];
    readonly range?: readonly [number, number] | undefined;
  } = {},
): Figure<MeanInterval> {
  if (values.length === 0) return undefinedBecause("no-cases");
  const middle = mean(values);
  const sums = new Map<string | number, number>();
  for (const [i, value] of values.entries()) {
    const person = people?.[i] ?? i;
    sums.set(person, (sums.get(person) ?? 0) + value - middle);
  }
  const count = sums.size;
  if (count < 2) return undefinedBecause("too-few-cases");
  let squares = 0;
  for (const sum of sums.values()) squares += sum ** 2;
  const error = Math.sqrt((count / (count - 1)) * squares) / values.length;
  const width = studentReach(level, count - 1) * error;
  const [lower, upper] = [Math.max(least, middle - width), Math.min(most, middle + width)];
  return { lower, upper, level, method: "t", mean: middle };
}
