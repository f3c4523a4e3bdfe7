/**
 * How far two models are apart in figures whose test gives no interval: people whom both answered are drawn again, each class for itself,
 * and in every draw both models are judged on the same people (the paired bootstrap; B. Efron and R. Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 8). The area of two classes is not among them: DeLong's test has its interval.
 */
import type { ConfusionMatrix } from "../../statistics/confusion";
import { type Figure, isUndefined, mapFigure, undefinedBecause } from "../../statistics/figure";
import { balancedAccuracy } from "../../statistics/intervals/balancedAccuracy";
import type { BootstrapInterval } from "../../statistics/intervals/bootstrap";
import { type Share, shareOf } from "../../statistics/intervals/proportion";
import { determinationOf } from "../../statistics/regression/errors";
import type { Steps } from "../../statistics/steps";
import { commonPeople } from "./compare";
import type { AnswerSet, GroupResults } from "./groupResults";
import { at, judgedDraws, meanAt } from "./judgedDraws";
import { judgedPeople, oddMeasures } from "./measures";
import { type PersonAnswer, valuePair } from "./people";
import { drawn } from "./resampled";

export interface DrawnDifference {
  readonly measure: string;
  /** First less second, on the people whom both answered. */
  readonly difference: Figure;
  /** Of 95 %. */
  readonly interval: Figure<BootstrapInterval>;
}

type Figures = Readonly<Record<string, Figure>>;

/** What is needed of the answers of one MAPS. */
interface Answers {
  readonly results: Pick<GroupResults, "task" | "classes">;
  readonly set: Pick<AnswerSet, "sessions">;
}

/** Both are of one task, label and classes. None where the two have answered nobody in common. */
export function* differenceSteps(first: Answers, second: Answers): Steps<readonly DrawnDifference[]> {
  const pairs = commonPeople(first.set.sessions, second.set.sessions);
  if (pairs.length === 0) return [];
  const ofFirst = figuresOf(
    first.results,
    pairs.map(([one]) => one),
  );
  const ofSecond = figuresOf(
    first.results,
    pairs.map(([, one]) => one),
  );
  const differencesOf = (rows: readonly number[]): Figures => {
    const [own, others] = [ofFirst(rows), ofSecond(rows)];
    return Object.fromEntries(
      Object.entries(own).flatMap(([name, one]) => {
        const other = others[name];
        if (other === undefined) return [];
        return [[name, isUndefined(one) ? one : isUndefined(other) ? other : one - other]];
      }),
    );
  };
  const observed = differencesOf([...pairs.keys()]);
  const intervals = yield* drawn(
    pairs.length,
    pairs.map(([{ truth, answer }]) => (answer.kind === "class" ? (truth ?? -1) : 0)),
    differencesOf,
  );
  return Object.entries(observed).map(([measure, difference]) => ({
    measure,
    difference,
    interval: intervalOf(difference, intervals[measure] ?? undefinedBecause("no-cases")),
  }));
}

/** Where the two are alike for everybody, no draw can tell them apart. */
function intervalOf(difference: Figure, interval: Figure<BootstrapInterval>): Figure<BootstrapInterval> {
  if (isUndefined(difference)) return difference;
  const isAlike = isUndefined(interval) && interval.undefinedBecause === "at-limit" && difference === 0;
  return isAlike ? undefinedBecause("no-differences") : interval;
}

/** The figures of those of `people` who are drawn, by name. */
function figuresOf({ task, classes }: Answers["results"], people: readonly PersonAnswer[]) {
  switch (task) {
    case "classification":
      return classFigures(people, classes.length);
    case "regression":
      return valueFigures(people);
    case "reconstruction":
      return imageFigures(people);
  }
}

type DrawnFigures = (rows: readonly number[]) => Figures;

function classFigures(people: readonly PersonAnswer[], classes: number): DrawnFigures {
  const { confusion, graded } = judgedDraws(judgedPeople(people, classes, null), classes);
  const judgedOf = amongKnown(people, ({ truth, answer }) => truth !== null && answer.kind === "class");
  return (drawnRows) => {
    const rows = judgedOf(drawnRows);
    const matrix = confusion(rows);
    const recalls = matrix.map((row, code): Share => ({ count: row[code]!, of: sum(row) }));
    const right = sum(recalls.map(({ count }) => count));
    const counted: Figures = {
      BA: balancedAccuracy(recalls),
      accuracy: shareOf({ count: right, of: rows.length }),
      ...(classes === 2 ? figuresOfTwo(matrix, recalls) : {}),
    };
    if (graded === null) return counted;
    const area: Figures =
      classes === 2 ? { AP: graded.averagePrecisions(rows)[0]! } : { AUC: graded.macroAuc(rows) };
    return { ...area, ...counted, Brier: graded.brier(rows), log_loss: graded.logLoss(rows) };
  };
}

function figuresOfTwo(confusion: ConfusionMatrix, [positives, negatives]: readonly Share[]): Figures {
  const odd = oddMeasures(confusion, 0, null).map(({ name, value }) => [name, value] as const);
  return {
    sensitivity: positives === undefined ? undefinedBecause("no-positives") : shareOf(positives),
    specificity: negatives === undefined ? undefinedBecause("no-negatives") : shareOf(negatives),
    ...Object.fromEntries(odd),
  };
}

function valueFigures(people: readonly PersonAnswer[]): DrawnFigures {
  const { truth, predicted } = valuePair(people);
  const knownOf = amongKnown(people, ({ truth, answer }) => truth !== null && answer.kind === "value");
  const errors = predicted.map((value, i) => value - truth[i]!);
  const [sizes, squares] = [errors.map(Math.abs), errors.map((error) => error ** 2)];
  return (drawnRows) => {
    const rows = knownOf(drawnRows);
    if (rows.length === 0) return {};
    return {
      R2_score: determinationOf({ truth: at(truth, rows), predicted: at(predicted, rows) }),
      MAE: meanAt(sizes, rows),
      RMSE: mapFigure(meanAt(squares, rows), Math.sqrt),
    };
  };
}

function imageFigures(people: readonly PersonAnswer[]): DrawnFigures {
  const images = people.flatMap(({ answer }) => (answer.kind === "reconstruction" ? [answer.metrics] : []));
  const imagesOf = amongKnown(people, ({ answer }) => answer.kind === "reconstruction");
  const values = Object.keys(images[0] ?? {}).map(
    (name) => [name, images.map((metrics) => metrics[name] ?? Number.NaN)] as const,
  );
  return (drawnRows) => {
    const rows = imagesOf(drawnRows);
    return Object.fromEntries(
      values.map(([name, all]) => [
        name,
        meanAt(
          all,
          rows.filter((row) => Number.isFinite(all[row])),
        ),
      ]),
    );
  };
}

/** From rows of `people` to rows of those of them who are known; the others have nothing to be judged by. */
function amongKnown(people: readonly PersonAnswer[], isKnown: (person: PersonAnswer) => boolean) {
  let known = 0;
  const places = people.map((person) => (isKnown(person) ? known++ : null));
  if (known === people.length) return (rows: readonly number[]) => rows;
  return (rows: readonly number[]) => rows.flatMap((row) => places[row] ?? []);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
