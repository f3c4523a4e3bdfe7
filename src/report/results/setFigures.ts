/** The figures of one set of answers, over its people; of pooled folds also those of each fold. */
import type { ConfusionMatrix } from "../../statistics/confusion";
import { studentReach } from "../../statistics/distributions";
import { type Figure, isUndefined, undefinedBecause } from "../../statistics/figure";
import { type Interval, USUAL_LEVEL } from "../../statistics/intervals/interval";
import { regressionMetrics, undefinedOfValues } from "../../statistics/metrics/compute";
import { mean, squaredDeviations } from "../../statistics/moments";
import type { Task } from "../../statistics/task";
import type { AnswerSet, SessionAnswer } from "./groupResults";
import { classFigures, type Measure } from "./measures";
import { byPerson, type PersonAnswer } from "./people";

export interface SetFigures {
  /** People with a label who count; of a reconstruction, all. */
  readonly people: number;
  readonly sessions: number;
  /** People whose class changes between sessions, and their sessions that do not count for that reason. */
  readonly changing: number;
  readonly leftOut: number;
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

/** @param threshold of the probability of the positive class of two; null for the class that the networks answered */
export function setFigures(
  { source, sessions }: AnswerSet,
  of: Answered,
  threshold: number | null = null,
): SetFigures {
  const { people, changing, leftOut } = byPerson(sessions);
  return {
    ...figuresOf(people, of, threshold),
    sessions: sessions.length,
    changing,
    leftOut,
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
  const known = people.flatMap(({ truth, answer }) =>
    truth !== null && answer.kind === "value" ? [{ truth, value: answer.value }] : [],
  );
  const pair = { truth: known.map(({ truth }) => truth), predicted: known.map(({ value }) => value) };
  const lacking = undefinedOfValues(pair);
  const measures = Object.entries(regressionMetrics(pair)).map(([name, value]): Measure => {
    const without = known.length === 0 ? "no-cases" : lacking.includes(name) ? "no-variance" : null;
    return { name, code: null, value: without === null ? value : undefinedBecause(without), interval: null };
  });
  return { people: known.length, measures };
}

/** The mean over people of how close their images came out, with Student's interval of a mean. */
function imageFigures(people: readonly PersonAnswer[]): Pick<SetFigures, "people" | "measures"> {
  const images = people.flatMap(({ answer }) => (answer.kind === "reconstruction" ? [answer.metrics] : []));
  const names = Object.keys(images[0] ?? {});
  const measures = names.map((name): Measure => {
    const values = images.map((metrics) => metrics[name] ?? Number.NaN).filter(Number.isFinite);
    const value = values.length === 0 ? undefinedBecause("no-cases") : mean(values);
    return { name, code: null, value, interval: studentInterval(values) };
  });
  return { people: images.length, measures };
}

/** mean -+ t s / sqrt(n). Undefined of fewer than two values. */
function studentInterval(values: readonly number[]): Figure<Interval<"student">> {
  if (values.length < 2) return undefinedBecause("too-few-cases");
  const freedom = values.length - 1;
  const error = Math.sqrt(squaredDeviations(values) / freedom / values.length);
  const width = studentReach(USUAL_LEVEL, freedom) * error;
  return { lower: mean(values) - width, upper: mean(values) + width, level: USUAL_LEVEL, method: "student" };
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
