/** What a network answers for one image or part: which of the three it is stands in `kind`. */
import type { ReconstructionMetrics } from "./metrics/compute";

export type Answer =
  /** Of a classification, by class code. */
  | { readonly kind: "probabilities"; readonly probabilities: readonly number[] }
  /** Of a regression. */
  | { readonly kind: "value"; readonly value: number }
  /** Of a reconstruction: how close it is to what went in. */
  | { readonly kind: "reconstruction"; readonly metrics: ReconstructionMetrics };

export type AnswerOf<Kind extends Answer["kind"]> = Extract<Answer, { readonly kind: Kind }>;

/** A row of predictions, its answer being of the kind `Kind`. */
export type Answered<Row extends { readonly answer: Answer }, Kind extends Answer["kind"]> = Row & {
  readonly answer: AnswerOf<Kind>;
};

/** The rows as what they are. @throws Error if one of them is of another kind: rows of two tasks were mixed */
export function answered<Row extends { readonly answer: Answer }, Kind extends Answer["kind"]>(
  rows: readonly Row[],
  kind: Kind,
): readonly Answered<Row, Kind>[] {
  const isOfKind = (row: Row): row is Answered<Row, Kind> => row.answer.kind === kind;
  const same = rows.filter(isOfKind);
  if (same.length < rows.length) throw new Error(`Not all answers are ${kind}.`);
  return same;
}

/** The class with the largest probability; the first one wins a tie. */
export const classOf = ({ probabilities }: AnswerOf<"probabilities">): number => argmax(probabilities);

/** Position of the largest value; the first one wins a tie. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
