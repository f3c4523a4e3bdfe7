/** People with a score for one class, and whether they are of it: what every curve, area and threshold is computed from. */

export interface Scored {
  /** Whether each is of the positive class: [n]. */
  readonly positive: readonly boolean[];
  /** The larger, the more likely of the positive class, a probability for instance: [n]. Never turned round: an area of 0 stays 0. */
  readonly scores: readonly number[];
}

/**
 * One class against all others.
 * @param truth class codes: [n]
 * @param probabilities rows by class code: [n, classes]
 * @param code of the class that is the positive one
 */
export const oneAgainstRest = (
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  code: number,
): Scored => ({
  positive: truth.map((one) => one === code),
  scores: probabilities.map((row) => row[code]!),
});

/** Scores of those who are of the positive class, and of the others. */
export function scoresByClass({ positive, scores }: Scored): {
  readonly cases: readonly number[];
  readonly controls: readonly number[];
} {
  return {
    cases: scores.filter((_, i) => positive[i]),
    controls: scores.filter((_, i) => !positive[i]),
  };
}

/** Counts at a threshold that some score is: all with that score or a larger one are taken for the positive class. */
export interface Step {
  readonly threshold: number;
  /** Taken for the positive class, and of it. */
  readonly truePositives: number;
  /** Taken for it, and not of it. */
  readonly falsePositives: number;
}

/** One step for each distinct score, from the largest on. */
export function stepsOf({ positive, scores }: Scored): readonly Step[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const steps: Step[] = [];
  let [truePositives, falsePositives] = [0, 0];
  for (const [at, i] of order.entries()) {
    if (positive[i]) truePositives++;
    else falsePositives++;
    const next = order[at + 1];
    if (next === undefined || scores[next] !== scores[i]) {
      steps.push({ threshold: scores[i]!, truePositives, falsePositives });
    }
  }
  return steps;
}
