/**
 * What the answers for a group are worth, in figures with their intervals, each of which is over people. Terminal, panel and report take
 * them from here, so that they say the same. The sources of the formulas stand with them in `statistics`.
 */
import { confidenceError } from "../../statistics/calibration/calibrationCurve";
import { brierOfClassesOfEach, brierOfEach, logLossOfEach } from "../../statistics/calibration/scores";
import { type ConfusionMatrix, confusionMatrix, countsOf } from "../../statistics/confusion";
import { type Figure, isUndefined, undefinedBecause, type WhyUndefined } from "../../statistics/figure";
import { aucInterval } from "../../statistics/intervals/auc";
import { balancedAccuracy, moverWilson } from "../../statistics/intervals/balancedAccuracy";
import { type Interval, isWithoutWidth } from "../../statistics/intervals/interval";
import { meanInterval } from "../../statistics/intervals/mean";
import { clopperPearson, type Share, shareOf } from "../../statistics/intervals/proportion";
import { f1Score } from "../../statistics/metrics/f1Score";
import { matthewsCorrelation } from "../../statistics/metrics/matthewsCorrelation";
import type { ClassMetric } from "../../statistics/metrics/metric";
import { CLASS_NEEDS, type ClassNeed } from "../../statistics/metrics/needs";
import { mean } from "../../statistics/moments";
import { macroAuc } from "../../statistics/roc/auc";
import { averagePrecision } from "../../statistics/roc/precisionRecall";
import { oneAgainstRest } from "../../statistics/roc/scored";
import { balancedAccuracyPermutation } from "../../statistics/tests/permutation";
import type { Given } from "./groupResults";
import type { PersonAnswer } from "./people";

/** By ClinicaDL's names where it has one. */
export type MeasureName =
  | "AUC"
  | "AP"
  | "BA"
  | "BA_p"
  | "accuracy"
  | "sensitivity"
  | "specificity"
  | "PPV"
  | "NPV"
  | "F1_score"
  | "MCC"
  | "Brier"
  | "log_loss"
  | "ECE";

export interface Measure<Name extends string = string> {
  readonly name: Name;
  /** Of one class against the others, its code; null for a figure of all classes, and of two, where the first one is the positive one. */
  readonly code: number | null;
  readonly value: Figure;
  /** Of 95 %; null where none is computed. */
  readonly interval: Figure<Interval> | null;
}

export interface ClassFigures {
  /** People with a label. */
  readonly people: number;
  /** Rows true class, columns predicted class, by code. */
  readonly confusion: ConfusionMatrix;
  readonly measures: readonly Measure<MeasureName>[];
}

export interface JudgedPerson {
  /** Class codes. */
  readonly truth: number;
  readonly predicted: number;
  readonly probabilities: readonly number[] | null;
}

/** People with a label, and what they are taken for at `threshold`. */
export const judgedPeople = (
  people: readonly PersonAnswer[],
  classes: number,
  threshold: number | null,
): readonly JudgedPerson[] =>
  people.flatMap(({ truth, answer }) => {
    if (truth === null || answer.kind !== "class") return [];
    const predicted = takenFor(answer, classes === 2 ? threshold : null);
    return [{ truth, predicted, probabilities: answer.probabilities }];
  });

/** Class code at `threshold` of the probability of the first of two classes; the class that was answered where there is none. */
export const takenFor = (
  { predicted, probabilities }: Extract<Given, { readonly kind: "class" }>,
  threshold: number | null,
): number =>
  threshold === null || probabilities === null ? predicted : Number(probabilities[0]! < threshold);

/**
 * @param classes how many; of two the first is the positive one
 * @param threshold of the probability of the positive class; null for the class that the networks answered
 */
export function classFigures(
  people: readonly PersonAnswer[],
  classes: number,
  threshold: number | null = null,
): ClassFigures {
  const known = judgedPeople(people, classes, threshold);
  const truth = known.map((person) => person.truth);
  const predicted = known.map((person) => person.predicted);
  const confusion = confusionMatrix(truth, predicted, classes);
  const probabilities = known.flatMap((person) =>
    person.probabilities === null ? [] : [person.probabilities],
  );
  // Tables of ClinicaDL before 1.0 have no probabilities, and so none of what needs them.
  const graded = probabilities.length === known.length;
  const ranked = graded ? rankMeasures(truth, probabilities, classes) : [];
  const calibrated = graded ? calibrationMeasures(truth, probabilities, classes) : [];
  return {
    people: known.length,
    confusion,
    measures: [...ranked, ...countMeasures(confusion), ...calibrated],
  };
}

/** Bins of the expected calibration error, which depends on their number. */
export const CALIBRATION_BINS = 10;

/**
 * How far probabilities are from what came, less being better: of two classes Brier's score is that of the positive one (0 to 1), of more
 * the sum over the classes (0 to 2). Their intervals are Student's, cut where the figure ends.
 */
function calibrationMeasures(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  classes: number,
): readonly Measure<MeasureName>[] {
  const classified = { truth, probabilities };
  const [brierEach, worst] =
    classes === 2
      ? [brierOfEach(oneAgainstRest(truth, probabilities, 0)), 1]
      : [brierOfClassesOfEach(classified), 2];
  const logEach = logLossOfEach(classified);
  const error = confidenceError(classified, CALIBRATION_BINS);
  return [
    ofErrors("Brier", brierEach, worst),
    ofErrors("log_loss", logEach, Number.POSITIVE_INFINITY),
    { name: "ECE", code: null, value: isUndefined(error) ? error : error.expected, interval: null },
  ];
}

/** The mean of errors that are `most` at most; of those that are the same for everybody Student's interval has no width. */
function ofErrors(name: MeasureName, errors: readonly number[], most: number): Measure<MeasureName> {
  const interval = meanInterval(errors, { range: [0, most] });
  return {
    name,
    code: null,
    value: errors.length === 0 ? undefinedBecause("no-cases") : mean(errors),
    interval: !isUndefined(interval) && isWithoutWidth(interval) ? undefinedBecause("no-variance") : interval,
  };
}

/** Measures that need no threshold. */
function rankMeasures(
  truth: readonly number[],
  probabilities: readonly (readonly number[])[],
  classes: number,
): readonly Measure<MeasureName>[] {
  const codes = classes === 2 ? [0] : [...Array(classes).keys()];
  const ofClasses = codes.flatMap((code): Measure<MeasureName>[] => {
    const scored = oneAgainstRest(truth, probabilities, code);
    const interval = aucInterval(scored);
    const value = isUndefined(interval) ? interval : interval.auc;
    const named = classes === 2 ? null : code;
    return [
      { name: "AUC", code: named, value, interval },
      { name: "AP", code: named, value: averagePrecision(scored), interval: null },
    ];
  });
  if (classes === 2) return ofClasses;
  return [
    { name: "AUC", code: null, value: macroAuc({ truth, probabilities }), interval: null },
    ...ofClasses,
  ];
}

/** Measures of who was taken for what. */
export function countMeasures(confusion: ConfusionMatrix): readonly Measure<MeasureName>[] {
  const recalls = confusion.map((row, code): Share => ({ count: row[code]!, of: sum(row) }));
  const all = { count: sum(recalls.map(({ count }) => count)), of: sum(confusion.map(sum)) };
  const overall: readonly Measure<MeasureName>[] = [
    { name: "BA", code: null, value: balancedAccuracy(recalls), interval: moverWilson(recalls) },
    ofShare("accuracy", null, all, "no-cases"),
  ];
  if (confusion.length === 2) {
    // How often labels that say nothing of the answers would give a balanced accuracy as high.
    const chance = balancedAccuracyPermutation(countsOf(confusion, 0));
    return [
      ...overall,
      { name: "BA_p", code: null, value: chance, interval: null },
      ...ofClass(confusion, 0, null),
    ];
  }
  return [...overall, ...confusion.flatMap((_, code) => ofClass(confusion, code, code))];
}

/** One class against the others. */
function ofClass(
  confusion: ConfusionMatrix,
  positive: number,
  code: number | null,
): readonly Measure<MeasureName>[] {
  const { tp, fp, fn, tn } = countsOf(confusion, positive);
  return [
    ofShare("sensitivity", code, { count: tp, of: tp + fn }, "no-positives"),
    ofShare("specificity", code, { count: tn, of: tn + fp }, "no-negatives"),
    ofShare("PPV", code, { count: tp, of: tp + fp }, "no-answers"),
    ofShare("NPV", code, { count: tn, of: tn + fn }, "no-answers"),
    ...oddMeasures(confusion, positive, code),
  ];
}

/** Those that are no shares: nothing but drawing people again tells their error. */
export const oddMeasures = (
  confusion: ConfusionMatrix,
  positive: number,
  code: number | null,
): readonly Measure<MeasureName>[] => [
  ofCounts("F1_score", f1Score, confusion, positive, code),
  ofCounts("MCC", matthewsCorrelation, confusion, positive, code),
];

function ofShare(
  name: MeasureName,
  code: number | null,
  share: Share,
  without: WhyUndefined,
): Measure<MeasureName> {
  if (share.of === 0) return { name, code, value: undefinedBecause(without), interval: null };
  return { name, code, value: shareOf(share), interval: clopperPearson(share) };
}

function ofCounts(
  name: MeasureName,
  metric: ClassMetric,
  confusion: ConfusionMatrix,
  positive: number,
  code: number | null,
): Measure<MeasureName> {
  const counts = countsOf(confusion, positive);
  const unmet = metric.needs.find((need) => !CLASS_NEEDS[need](counts));
  const value = unmet === undefined ? metric.compute(counts) : undefinedBecause(whyUnmet(unmet));
  return { name, code, value, interval: null };
}

function whyUnmet(need: ClassNeed): WhyUndefined {
  switch (need) {
    case "images":
      return "no-cases";
    case "ofClass":
      return "no-positives";
    case "ofOthers":
      return "no-negatives";
    case "takenForClass":
    case "takenForOthers":
    case "ofOrTakenForClass":
    case "falsePositive":
    case "trueNegative":
      return "no-answers";
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
