/** Which class an answer is for, at the threshold that the reader has chosen. */
import type { Given } from "../../../src/report/results/groupResults";
import { type ConfusionMatrix, confusionMatrix } from "../../../src/statistics/confusion";

/** How probabilities become answers. */
export interface Answering {
  /** Code of the class that is told from all others; null where each class counts for itself. */
  readonly positive: number | null;
  /** Smallest probability that is an answer for it; null for the most probable class, as the network answered. */
  readonly threshold: number | null;
}

/** Code that an answer stands for; with `positive`, 0 for that class and 1 for all others. NaN where it is no answer of a class. */
export function answeredCode(given: Given, { positive, threshold }: Answering): number {
  if (given.kind !== "class") return Number.NaN;
  const { predicted, probabilities } = given;
  if (positive === null) return predicted;
  if (threshold === null) return predicted === positive ? 0 : 1;
  if (probabilities === null) return Number.NaN;
  return probabilities[positive]! >= threshold ? 0 : 1;
}

/** The code of a true class, told in the same way. */
export const trueCode = (truth: number, { positive }: Answering): number =>
  positive === null ? truth : Number(truth !== positive);

/** Probability of the positive class; of the class that was answered where each counts for itself. NaN where it is not known. */
export function scoreOf(given: Given, { positive }: Answering): number {
  if (given.kind !== "class" || given.probabilities === null) return Number.NaN;
  return given.probabilities[positive ?? given.predicted]!;
}

/** Rows true classes, columns answers: of all classes, or of the positive one and all others. */
export function confusionOf(
  answers: readonly { readonly truth: number | null; readonly answer: Given }[],
  answering: Answering,
  classes: readonly string[],
): ConfusionMatrix {
  const [truth, predicted]: [number[], number[]] = [[], []];
  for (const { truth: known, answer } of answers) {
    const code = answeredCode(answer, answering);
    if (known === null || Number.isNaN(code)) continue;
    truth.push(trueCode(known, answering));
    predicted.push(code);
  }
  return confusionMatrix(truth, predicted, answering.positive === null ? classes.length : 2);
}

/** Names of what a confusion matrix counts: all classes, or one and the others. */
export function confusedNames(
  classes: readonly string[],
  { positive }: Answering,
  others: string,
): readonly string[] {
  if (positive === null) return classes;
  const [first, second] = classes;
  const rest = classes.length === 2 ? (positive === 0 ? second : first) : others;
  return [classes[positive] ?? "", rest ?? others];
}
