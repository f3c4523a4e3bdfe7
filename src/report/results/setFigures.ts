/** The figures of one set of answers, over its people; of pooled folds also those of each fold. */
import type { ConfusionMatrix } from "../../statistics/confusion";
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../../statistics/figure";
import { type MeanInterval, meanInterval, NOT_NEGATIVE } from "../../statistics/intervals/mean";
import { mean, squaredDeviations } from "../../statistics/moments";
import { concordance, intraclassCorrelations } from "../../statistics/regression/agreement";
import { type Correlation, pearson, spearman } from "../../statistics/regression/correlation";
import {
  determinationOf,
  meanAbsoluteErrorInterval,
  meanError,
  rootMeanSquaredErrorInterval,
} from "../../statistics/regression/errors";
import { finished } from "../../statistics/steps";
import type { Task } from "../../statistics/task";
import type { AnswerSet, SessionAnswer } from "./groupResults";
import { classFigures, type Measure } from "./measures";
import { byPerson, type PersonAnswer, valuePair } from "./people";
import { resampledSteps } from "./resampled";

export interface SetFigures {
  /** People with a label who count; of a reconstruction, all. */
  readonly people: number;
  readonly sessions: number;
  /** People whose class changes between sessions, and their sessions that do not count for that reason. */
  readonly changing: number;
  readonly leftOut: number;
  /** People of several sessions, who count once. */
  readonly together: number;
  /** People of a classification whose answer has no probabilities: no figure that needs them can be computed. */
  readonly ungraded: number;
  /** Null unless classification. */
  readonly confusion: ConfusionMatrix | null;
  readonly measures: readonly Measure[];
  /** Of pooled folds, each figure of each fold; empty otherwise. */
  readonly folds: readonly FoldFigure[];
}

/** One figure over the folds, which is another number than that of the pool: each network ranks its own people only. */
export interface FoldFigure {
  readonly name: string;
  readonly code: number | null;
  /** By split, in order. */
  readonly values: readonly { readonly split: number; readonly people: number; readonly value: Figure }[];
  /** Of the folds that have a value. */
  readonly mean: Figure;
  /** Standard deviation over the folds (n - 1), which is no error of the mean: their networks share most people. */
  readonly deviation: Figure;
}

interface Answered {
  readonly task: Task;
  readonly classes: readonly string[];
}

/**
 * @param threshold of the probability of the positive class of two, that which is kept with the answers unless it is given; null for the
 * class that the networks answered
 * @param resampled whether figures without a formula for their interval get one by drawing people again, which takes its time
 */
export function setFigures(
  { source, sessions, threshold: kept }: AnswerSet,
  of: Answered,
  threshold: number | null = kept?.value ?? null,
  resampled = false,
): SetFigures {
  const { people, changing, leftOut } = byPerson(sessions);
  const figures = figuresOf(people, of, threshold);
  const asked = { task: of.task, classes: of.classes.length, threshold };
  return {
    ...figures,
    measures: resampled ? finished(resampledSteps(figures.measures, people, asked)) : figures.measures,
    sessions: sessions.length,
    changing,
    leftOut,
    together: people.filter((person) => person.sessions.length > 1).length,
    ungraded: people.filter(({ answer }) => answer.kind === "class" && answer.probabilities === null).length,
    folds: source.kind === "pooled" ? foldFigures(sessions, source.splits, of, threshold) : [],
  };
}

function figuresOf(
  people: readonly PersonAnswer[],
  { task, classes }: Answered,
  threshold: number | null,
): Pick<SetFigures, "people" | "confusion" | "measures"> {
  switch (task) {
    case "classification":
      return classFigures(people, classes.length, threshold);
    case "regression":
      return { confusion: null, ...valueFigures(people) };
    case "reconstruction":
      return { confusion: null, ...imageFigures(people) };
  }
}

function valueFigures(people: readonly PersonAnswer[]): Pick<SetFigures, "people" | "measures"> {
  const pair = valuePair(people);
  const mean = (name: string, interval: Figure<MeanInterval>): Measure => ({
    name,
    code: null,
    value: mapFigure(interval, (found) => found.mean),
    interval,
  });
  const correlation = (name: string, found: Figure<Correlation>): Measure => ({
    name,
    code: null,
    value: mapFigure(found, ({ coefficient }) => coefficient),
    interval: isUndefined(found) ? null : found.interval,
  });
  const agreement = mapFigure(intraclassCorrelations(pair), (found) => found.agreement);
  const root = rootMeanSquaredErrorInterval(pair);
  const measures: readonly Measure[] = [
    { name: "R2_score", code: null, value: determinationOf(pair), interval: null },
    mean("MAE", meanAbsoluteErrorInterval(pair)),
    { name: "RMSE", code: null, value: mapFigure(root, ({ value }) => value), interval: root },
    mean("ME", meanError(pair)),
    correlation("pearson", pearson(pair.truth, pair.predicted)),
    correlation("spearman", spearman(pair.truth, pair.predicted)),
    { name: "CCC", code: null, value: concordance(pair), interval: null },
    { name: "ICC", code: null, value: mapFigure(agreement, ({ value }) => value), interval: agreement },
  ];
  return { people: pair.truth.length, measures };
}

/** What a figure of an image can be, by its name: PSNR has no ends. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  MAE: NOT_NEGATIVE,
  RMSE: NOT_NEGATIVE,
  SSIM: [-1, 1],
};

/** The mean over people of how close their images came out, with Student's interval of a mean, cut where the figure ends. */
function imageFigures(people: readonly PersonAnswer[]): Pick<SetFigures, "people" | "measures"> {
  const images = people.flatMap(({ answer }) => (answer.kind === "reconstruction" ? [answer.metrics] : []));
  const names = Object.keys(images[0] ?? {});
  const measures = names.map((name): Measure => {
    const values = images.map((metrics) => metrics[name] ?? Number.NaN).filter(Number.isFinite);
    const value = values.length === 0 ? undefinedBecause("no-cases") : mean(values);
    return { name, code: null, value, interval: meanInterval(values, { range: RANGES[name] }) };
  });
  return { people: images.length, measures };
}

function foldFigures(
  sessions: readonly SessionAnswer[],
  splits: readonly number[],
  of: Answered,
  threshold: number | null,
): readonly FoldFigure[] {
  const folds = splits.map((split) => ({
    split,
    ...figuresOf(byPerson(sessions.filter((session) => session.split === split)).people, of, threshold),
  }));
  return (folds[0]?.measures ?? []).map(({ name, code }) => {
    const values = folds.map(({ split, people, measures }) => {
      const found = measures.find((one) => one.name === name && one.code === code);
      return { split, people, value: found?.value ?? undefinedBecause("no-cases") };
    });
    const defined = values.flatMap(({ value }) => (isUndefined(value) ? [] : [value]));
    const known = defined.length;
    return {
      name,
      code,
      values,
      mean: known === 0 ? undefinedBecause("no-cases") : mean(defined),
      deviation:
        known < 2 ? undefinedBecause("too-few-cases") : Math.sqrt(squaredDeviations(defined) / (known - 1)),
    };
  });
}
