/**
 * From predictions of parts (patches, regions, slices) to one prediction an image. Soft voting weighs part i by its balanced
 * accuracy on the validation set: P = sum of w_i p_i / sum of w_i.
 */

import { type Answer, type AnswerOf, answered, classOf } from "../../statistics/answer";
import { confusionMatrix } from "../../statistics/confusion";
import { meanOverClasses } from "../../statistics/metrics/compute";

/** What was answered for one part of an image. */
export interface PartPrediction<Given extends Answer = Answer> {
  readonly participantId: string;
  readonly sessionId: string;
  /** Several cohorts may name their participants alike. */
  readonly cohort?: string;
  readonly part: number;
  /** Class code or value; NaN where the label is unknown. */
  readonly truth: number;
  readonly answer: Given;
}

/** What the parts of an image have voted. */
export type ImagePrediction<Given extends Answer = Answer> = Omit<PartPrediction<Given>, "part">;

export type PartWeights = ReadonlyMap<number, number>;

/** Balanced accuracy of each part over `validation`: with more than two classes, the mean over the classes. */
export function balancedAccuracyByPart(validation: readonly PartPrediction[], classes: number): PartWeights {
  const weights = new Map<number, number>();
  for (const [part, rows] of groupBy(answered(validation, "probabilities"), (row) => row.part)) {
    const truth = rows.map((row) => row.truth);
    const predicted = rows.map((row) => classOf(row.answer));
    weights.set(part, meanOverClasses(confusionMatrix(truth, predicted, classes)).BA);
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

/** Weighted mean of the parts' probabilities, one row an image, in order of appearance. */
export function softVote(
  rows: readonly PartPrediction<AnswerOf<"probabilities">>[],
  weights: PartWeights,
): ImagePrediction<AnswerOf<"probabilities">>[] {
  return byImage(rows).map((parts) => {
    const classes = parts[0]!.answer.probabilities.map((_, code) => code);
    const probabilities = classes.map((code) =>
      weightedMean(parts, weights, ({ answer }) => answer.probabilities[code]!),
    );
    return imageRow(parts, { kind: "probabilities", probabilities });
  });
}

/** Weighted mean of the parts' values, one row an image, in order of appearance. */
export function meanVote(
  rows: readonly PartPrediction<AnswerOf<"value">>[],
  weights: PartWeights,
): ImagePrediction<AnswerOf<"value">>[] {
  return byImage(rows).map((parts) =>
    imageRow(parts, { kind: "value", value: weightedMean(parts, weights, ({ answer }) => answer.value) }),
  );
}

/** Each part has one vote for its most probable class; the probabilities are shares of the votes. */
export function hardVote(
  rows: readonly PartPrediction<AnswerOf<"probabilities">>[],
): ImagePrediction<AnswerOf<"probabilities">>[] {
  return byImage(rows).map((parts) => {
    const votes = new Array<number>(parts[0]!.answer.probabilities.length).fill(0);
    for (const { answer } of parts) votes[classOf(answer)]! += 1;
    return imageRow(parts, {
      kind: "probabilities",
      probabilities: votes.map((count) => count / parts.length),
    });
  });
}

function weightedMean<Row extends { readonly part: number }>(
  parts: readonly Row[],
  weights: PartWeights,
  given: (row: Row) => number,
): number {
  let [sum, total] = [0, 0];
  for (const row of parts) {
    const weight = weights.get(row.part);
    if (weight === undefined) throw new RangeError(`Part ${row.part} has no weight.`);
    total += weight;
    sum += weight * given(row);
  }
  return sum / total;
}

function byImage<Row extends PartPrediction>(rows: readonly Row[]): Row[][] {
  return [...groupBy(rows, (row) => `${row.cohort}\t${row.participantId}\t${row.sessionId}`).values()];
}

function imageRow<Given extends Answer>(
  parts: readonly PartPrediction[],
  answer: Given,
): ImagePrediction<Given> {
  const { participantId, sessionId, truth } = parts[0]!;
  return { participantId, sessionId, truth, answer };
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
