/**
 * A figure that may not exist: instead of NaN, 0 or 1/2, which would be taken for a result, it says by a code why there is none. Its
 * words stand in `run/figureWords`.
 */

/** Why a figure does not exist. */
export type WhyUndefined =
  /** There is nobody to compute it from. */
  | "no-cases"
  /** Nobody is of the positive class. */
  | "no-positives"
  /** Everybody is of the positive class. */
  | "no-negatives"
  /** Of three classes or more, one has nobody. */
  | "class-without-cases"
  /** Fewer values than the formula needs. */
  | "too-few-cases"
  /** All values are equal where the formula divides by how they vary. */
  | "no-variance"
  /** The figure is 0 or 1, where this kind of interval does not exist. */
  | "at-limit"
  /** No answer was given that it is a share of: nobody was taken for the class, for instance. */
  | "no-answers"
  /** Too many of the resampled groups had no value themselves. */
  | "undefined-in-resamples"
  /** Nobody differs between the two that are compared. */
  | "no-differences"
  /** Probabilities are needed, and not everybody's answer has them. */
  | "no-probabilities";

export interface Undefined {
  readonly undefinedBecause: WhyUndefined;
}

export type Figure<Value = number> = Value | Undefined;

export const undefinedBecause = (why: WhyUndefined): Undefined => ({ undefinedBecause: why });

export const isUndefined = <Value>(figure: Figure<Value>): figure is Undefined =>
  typeof figure === "object" && figure !== null && "undefinedBecause" in figure;

/** What `make` makes of a figure that exists; one that does not keeps its reason. */
export const mapFigure = <Value, Made>(
  figure: Figure<Value>,
  make: (value: Value) => Figure<Made>,
): Figure<Made> => (isUndefined(figure) ? figure : make(figure));
