import { mean, squaredDeviations } from "./moments";

/** Mean and sample standard deviation (n - 1) of the values that are finite; `count` says how many. */
export interface Spread {
  readonly mean: number;
  /** NaN for a single value. */
  readonly deviation: number;
  readonly count: number;
  /** Values that were measured and are NaN or infinite. */
  readonly notNumbers: number;
  /** Values that are undefined, a sensitivity without anybody of the class for instance. */
  readonly undefinedValues: number;
}

/** NaN may also be given as null; undefined is a value that was not measured. */
export function spread(values: readonly (number | null | undefined | "undefined")[]): Spread {
  const numbers = values.filter(
    (value): value is number => typeof value === "number" && Number.isFinite(value),
  );
  const count = numbers.length;
  const measured = values.filter((value) => value !== undefined && value !== "undefined").length;
  const undefinedValues = values.filter((value) => value === "undefined").length;
  // Their mean is rounded: equal values would deviate from it by 1e-17.
  const equal = numbers.every((value) => value === numbers[0]);
  const deviation =
    count > 1 ? Math.sqrt((equal ? 0 : squaredDeviations(numbers)) / (count - 1)) : Number.NaN;
  return { mean: mean(numbers), deviation, count, notNumbers: measured - count, undefinedValues };
}
