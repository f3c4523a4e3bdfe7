/** Whether of two models one is right for more people than the other, from those for whom only one of them is (Q. McNemar, Psychometrika 1947). */
import { binomialAtMost, binomialExactly, chiSquaredAbove } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";

export interface McNemarTest {
  readonly test: "mcnemar";
  /** For how many people only the first model is right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided: twice the binomial tail at 1/2, at most 1. Never too small. */
  readonly exact: number;
  /** The exact p less the probability of what was observed: nearer to its name (M. Fagerland, S. Lydersen and P. Laake, BMC MRM 2013). */
  readonly midP: number;
  /** Chi-squared with one degree of freedom, |b - c| being one less but not below 0 (A. Edwards, Psychometrika 1948): as R. */
  readonly corrected: number;
  readonly uncorrected: number;
}

/** Every p is 1 where nobody is told apart by the models: there is nothing that speaks against their being alike. */
export function mcNemar(onlyFirst: number, onlySecond: number): McNemarTest {
  const [fewer, all] = [Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond];
  const known = { test: "mcnemar", onlyFirst, onlySecond } as const;
  if (all === 0) return { ...known, exact: 1, midP: 1, corrected: 1, uncorrected: 1 };
  const twoSided = 2 * binomialAtMost(fewer, all, 0.5);
  const difference = Math.abs(onlyFirst - onlySecond);
  return {
    ...known,
    exact: Math.min(1, twoSided),
    midP: Math.min(1, twoSided - binomialExactly(fewer, all, 0.5)),
    corrected: chiSquaredAbove(Math.max(0, difference - 1) ** 2 / all, 1),
    uncorrected: chiSquaredAbove(difference ** 2 / all, 1),
  };
}

/**
 * Of the classes that two models give the same people. Undefined without people.
 * @param truth class codes: [n], as `first` and `second`
 */
export function mcNemarOf(
  truth: readonly number[],
  first: readonly number[],
  second: readonly number[],
): Figure<McNemarTest> {
  if (truth.length === 0) return undefinedBecause("no-cases");
  const only = (one: readonly number[], other: readonly number[]) =>
    truth.filter((code, i) => one[i] === code && other[i] !== code).length;
  return mcNemar(only(first, second), only(second, first));
}
