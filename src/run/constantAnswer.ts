/** A network that learned nothing answers one class whatever it sees, and its accuracy is the share of that class. */
import type { EpochRow } from "./track";

/**
 * Codes of the classes that were answered, where in every epoch all images of the validation set got the same one; null otherwise,
 * and where there is nothing to tell it: one epoch is no beginning of a habit.
 */
export function constantAnswer(epochs: readonly Pick<EpochRow, "confusion">[]): readonly number[] | null {
  if (epochs.length < 2) return null;
  const answers = new Set<number>();
  for (const { confusion } of epochs) {
    if (confusion === null) return null;
    const answered = confusion.flatMap((_, code) => (confusion.some((row) => row[code]! > 0) ? [code] : []));
    const images = confusion.flat().reduce((sum, count) => sum + count, 0);
    const [only, other] = answered;
    if (images < 2 || only === undefined || other !== undefined) return null;
    answers.add(only);
  }
  return [...answers].sort((a, b) => a - b);
}
