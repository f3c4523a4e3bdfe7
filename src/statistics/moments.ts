/** Mean and spread of numbers. */

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sum of the squared distances from the mean. */
export function squaredDeviations(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Population standard deviation. */
export const deviation = (values: readonly number[]) => Math.sqrt(squaredDeviations(values) / values.length);
