/**
 * The gap between predicted and true age. Networks draw the ages of the young up and of the old down, so the gap goes with age by itself;
 * a line that is fitted on people of whom the model has learned nothing (a validation set) takes that out of the gap.
 *
 * Two corrections are in use. Cole's needs the prediction only, so accuracies may be computed from it. Beheshti's needs the true age of
 * the person whom it corrects: what comes out is near that age by construction, and no accuracy may be computed from it (A. de Lange and
 * J. Cole, NeuroImage: Clinical 2020). Here it gives gaps and no ages, so that none can be.
 */
import { type Figure, undefinedBecause } from "../figure";
import { mean, squaredDeviations } from "../moments";

/** prediction = slope age + intercept, ages in years. */
export interface AgeLine {
  readonly slope: number;
  readonly intercept: number;
}

/** Least squares over other people than those that are corrected. Undefined with fewer than two, and where all are of one age. */
export function ageLine(ages: readonly number[], predictions: readonly number[]): Figure<AgeLine> {
  if (ages.length < 2) return undefinedBecause(ages.length === 0 ? "no-cases" : "too-few-cases");
  const squares = squaredDeviations(ages);
  if (squares === 0) return undefinedBecause("no-variance");
  const [age, prediction] = [mean(ages), mean(predictions)];
  const products = ages.reduce((sum, one, i) => sum + (one - age) * (predictions[i]! - prediction), 0);
  const slope = products / squares;
  return { slope, intercept: prediction - slope * age };
}

/**
 * (prediction - intercept) / slope, in years (J. Cole and others, Molecular Psychiatry 2018). Undefined where the line is level: there
 * the predictions say nothing of age.
 */
export function coleCorrected(predictions: readonly number[], line: AgeLine): Figure<readonly number[]> {
  if (line.slope === 0) return undefinedBecause("no-variance");
  return predictions.map((prediction) => (prediction - line.intercept) / line.slope);
}

/**
 * Gaps in years, less what the line expects at the person's age (I. Beheshti, S. Nugent, O. Potvin and S. Duchesne, NeuroImage:
 * Clinical 2019): prediction - age - ((slope - 1) age + intercept). Not for accuracies.
 * @param ages of the very people that are corrected
 */
export const beheshtiGaps = (
  predictions: readonly number[],
  ages: readonly number[],
  { slope, intercept }: AgeLine,
): readonly number[] => predictions.map((prediction, i) => prediction - (slope * ages[i]! + intercept));
