/** How far predicted values are from the true ones, with intervals; all in the unit of what is predicted (years of age, for instance). */
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../figure";
import type { Interval } from "../intervals/interval";
import { type MeanInterval, meanInterval, NOT_NEGATIVE } from "../intervals/mean";
import { determination } from "../metrics/determination";

/** Values of the same people in the same order: [n]. */
export interface Predicted {
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
}

interface Options {
  readonly level?: number;
  /** Whose each value is, where people have several sessions: [n]. */
  readonly people?: readonly string[];
}

const errorsOf = ({ truth, predicted }: Predicted) => predicted.map((value, i) => value - truth[i]!);

/** Mean of prediction - truth: above 0 where the predictions are too high. Its interval is Student's. */
export const meanError = (pair: Predicted, options: Options = {}): Figure<MeanInterval> =>
  meanInterval(errorsOf(pair), options);

/** Mean of |prediction - truth|. Its interval is Student's, not below 0. */
export const meanAbsoluteErrorInterval = (pair: Predicted, options: Options = {}): Figure<MeanInterval> =>
  meanInterval(errorsOf(pair).map(Math.abs), { ...options, range: NOT_NEGATIVE });

export interface RootMeanSquare extends Interval<"t-of-squares"> {
  readonly value: number;
}

/** Root of the mean of (prediction - truth)^2; its interval is the root of Student's of the squares, not below 0. */
export const rootMeanSquaredErrorInterval = (
  pair: Predicted,
  options: Options = {},
): Figure<RootMeanSquare> =>
  mapFigure(
    meanInterval(
      errorsOf(pair).map((error) => error ** 2),
      { ...options, range: NOT_NEGATIVE },
    ),
    ({ mean, lower, upper, level }) => ({
      value: Math.sqrt(mean),
      lower: Math.sqrt(lower),
      upper: Math.sqrt(upper),
      level,
      method: "t-of-squares",
    }),
  );

/** R^2 = 1 - SSE / SST: 0 for the mean of the truth, below for what is worse. Undefined where all true values are equal. */
export function determinationOf(pair: Predicted): Figure {
  if (pair.truth.length === 0) return undefinedBecause("no-cases");
  if (pair.truth.every((value) => value === pair.truth[0])) return undefinedBecause("no-variance");
  return determination.compute(pair);
}

export interface LimitsOfAgreement {
  /** Mean of prediction - truth. */
  readonly bias: number;
  /** Sample standard deviation of it. */
  readonly deviation: number;
  /** bias -+ 1.96 deviations: where 95 of 100 differences lie. */
  readonly lower: number;
  readonly upper: number;
}

/** J. Bland and D. Altman, The Lancet 1986. Undefined with fewer than two people. */
export function limitsOfAgreement(pair: Predicted): Figure<LimitsOfAgreement> {
  const differences = errorsOf(pair);
  const interval = meanInterval(differences);
  if (isUndefined(interval)) return interval;
  const bias = interval.mean;
  const squares = differences.reduce((sum, one) => sum + (one - bias) ** 2, 0);
  const deviation = Math.sqrt(squares / (differences.length - 1));
  return { bias, deviation, lower: bias - AGREEMENT * deviation, upper: bias + AGREEMENT * deviation };
}

/** As published, and as everybody draws it. */
const AGREEMENT = 1.96;
