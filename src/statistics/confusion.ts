/** Which classes were taken for which, and the four counts that every metric of a classification is computed from. */

/** Rows true class, columns predicted class, by code. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** One class, the positive one, against all others: true and false positives, false and true negatives. */
export interface ClassCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  /** On the diagonal of the whole matrix: with more than two classes not the same as tp + tn. */
  readonly correct: number;
}

/** @param rows who counts, some perhaps several times; all where it is not given */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  rows?: readonly number[],
): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const count = rows?.length ?? truth.length;
  for (let i = 0; i < count; i++) {
    const row = rows === undefined ? i : rows[i]!;
    matrix[truth[row]!]![predicted[row]!]! += 1;
  }
  return matrix;
}

/** @param positive code of the class */
export function countsOf(confusion: ConfusionMatrix, positive: number): ClassCounts {
  let [tp, fp, fn, tn, correct] = [0, 0, 0, 0, 0];
  for (const [truth, row] of confusion.entries()) {
    for (const [predicted, count] of row.entries()) {
      if (truth === predicted) correct += count;
      if (truth === positive && predicted === positive) tp += count;
      else if (truth === positive) fn += count;
      else if (predicted === positive) fp += count;
      else tn += count;
    }
  }
  return { tp, fp, fn, tn, correct };
}

/** 0 where the denominator is 0, as ClinicaDL has it. */
export function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
