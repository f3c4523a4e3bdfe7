/**
 * From predictions of parts (patches, regions, slices) to one prediction an image. Soft voting weighs part i by its balanced
 * accuracy on the validation set: P = sum of w_i p_i / sum of w_i.
 */
import { confusionMatrix, meanOverClasses } from "./metrics/classification";

/** What one part of an image was predicted to be: probabilities by class code, or for a regression the value alone. */
export interface PartPrediction {
  readonly participantId: string;
  readonly sessionId: string;
  /** Several cohorts may name their participants alike. */
  readonly cohort?: string;
  readonly part: number;
  /** Class code or value; NaN where the label is unknown. */
  readonly truth: number;
  readonly outputs: readonly number[];
}

export type ImagePrediction = Omit<PartPrediction, "part">;

export type PartWeights = ReadonlyMap<number, number>;

/** Position of the largest value; the first one wins a tie. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Balanced accuracy of each part over `validation`: with more than two classes, the mean over the classes. */
export function balancedAccuracyByPart(validation: readonly PartPrediction[], classes: number): PartWeights {
  const weights = new Map<number, number>();
  for (const [part, rows] of groupBy(validation, (row) => row.part)) {
    const truth = rows.map((row) => row.truth);
    const predicted = rows.map((row) => argmax(row.outputs));
    weights.set(part, meanOverClasses(confusionMatrix(truth, predicted, classes)).BA!);
  }
  return weights;
}

/**
 * Weights with those below `threshold` set to 0 (none when null). When none is left every part weighs the same and
 * `noneLeft` is true: the caller says so.
 */
export function applySelectionThreshold(
  weights: PartWeights,
  threshold: number | null,
): { readonly weights: PartWeights; readonly noneLeft: boolean } {
  const kept = new Map([...weights].map(([part, weight]) => [part, weight < (threshold ?? 0) ? 0 : weight]));
  const noneLeft = [...kept.values()].every((weight) => weight === 0);
  return noneLeft ? { weights: equalWeights(weights.keys()), noneLeft } : { weights: kept, noneLeft };
}

export function equalWeights(parts: Iterable<number>): PartWeights {
  return new Map(Array.from(parts, (part) => [part, 1]));
}

/** Weighted mean of the parts' probabilities (classification) or values (regression), one row an image, in order of appearance. */
export function softVote(rows: readonly PartPrediction[], weights: PartWeights): ImagePrediction[] {
  return byImage(rows).map((parts) => {
    const sum = new Array<number>(parts[0]!.outputs.length).fill(0);
    let total = 0;
    for (const { part, outputs } of parts) {
      const weight = weights.get(part);
      if (weight === undefined) throw new RangeError(`Part ${part} has no weight.`);
      total += weight;
      for (const [i, output] of outputs.entries()) sum[i]! += weight * output;
    }
    return imageRow(
      parts,
      sum.map((value) => value / total),
    );
  });
}

/** Each part has one vote for its most probable class; the outputs are shares of the votes. */
export function hardVote(rows: readonly PartPrediction[]): ImagePrediction[] {
  return byImage(rows).map((parts) => {
    const votes = new Array<number>(parts[0]!.outputs.length).fill(0);
    for (const { outputs } of parts) votes[argmax(outputs)]! += 1;
    return imageRow(
      parts,
      votes.map((count) => count / parts.length),
    );
  });
}

function byImage(rows: readonly PartPrediction[]): PartPrediction[][] {
  return [...groupBy(rows, (row) => `${row.cohort}\t${row.participantId}\t${row.sessionId}`).values()];
}

function imageRow(parts: readonly PartPrediction[], outputs: readonly number[]): ImagePrediction {
  const { participantId, sessionId, truth } = parts[0]!;
  return { participantId, sessionId, truth, outputs };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
