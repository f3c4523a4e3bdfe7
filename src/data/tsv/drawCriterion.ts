/** The two measures by which ClinicaDL accepts a draw. The second is no p-value, so it is never shown as one. */
import { chiSquaredAbove } from "../../statistics/distributions";
import { studentTest } from "../../statistics/groupTests";

/**
 * The p-value of Student's t-test of the ages; 1 where there is nothing to compare (all are equal, or fewer than three known), NaN where
 * a side has none. NaN among them are left out.
 */
export function ageCriterion(first: readonly number[], second: readonly number[]): number {
  const a = first.filter((age) => !Number.isNaN(age));
  const b = second.filter((age) => !Number.isNaN(age));
  if (a.length + b.length < 3 || new Set([...a, ...b]).size < 2) return 1;
  return studentTest(a, b) ?? Number.NaN;
}

/**
 * How alike the shares of two groups are: chi-square on proportions, the sum of (second - first)^2 / first over the values, with
 * one degree of freedom less than there are values (one at least); 1 where all are of one sex, NaN where a side has none. As the size
 * of the groups does not enter, it is far above the p-value of any test.
 */
export function sexCriterion(first: readonly string[], second: readonly string[]): number {
  const values = [...new Set([...first, ...second])];
  if (values.length < 2) return 1;
  const share = (group: readonly string[], value: string) =>
    group.filter((one) => one === value).length / group.length;
  const statistic = values.reduce(
    (sum, value) => sum + (share(second, value) - share(first, value)) ** 2 / share(first, value),
    0,
  );
  return chiSquaredAbove(statistic, Math.max(1, values.length - 1));
}
