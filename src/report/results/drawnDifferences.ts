/**
 * How far two models are apart in figures whose test gives no interval: people whom both answered are drawn again, each class for itself,
 * and in every draw both models are judged on the same people (the paired bootstrap; B. Efron and R. Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 8). The area of two classes is not among them: DeLong's test has its interval.
 */
import { brierScore, brierScoreOfClasses, logLoss } from "../../statistics/calibration/scores";
import { confusionMatrix } from "../../statistics/confusion";
import { type Figure, isUndefined, undefinedBecause } from "../../statistics/figure";
import { balancedAccuracy } from "../../statistics/intervals/balancedAccuracy";
import type { BootstrapInterval } from "../../statistics/intervals/bootstrap";
import { type Share, shareOf } from "../../statistics/intervals/proportion";
import { mean } from "../../statistics/moments";
import { determinationOf } from "../../statistics/regression/errors";
import { macroAuc } from "../../statistics/roc/auc";
import { averagePrecision } from "../../statistics/roc/precisionRecall";
import { oneAgainstRest } from "../../statistics/roc/scored";
import type { Steps } from "../../statistics/steps";
import { commonPeople, type Pair } from "./compare";
import type { AnswerSet, GroupResults } from "./groupResults";
import { type JudgedPerson, judgedPeople, oddMeasures } from "./measures";
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
  const figures = figuresOf(first.results);
  const differencesOf = (some: readonly Pair[]): Figures => {
    const others = figures(some.map(([, one]) => one));
    const own = figures(some.map(([one]) => one));
    return Object.fromEntries(
      Object.entries(own).flatMap(([name, one]) => {
        const other = others[name];
        if (other === undefined) return [];
        return [[name, isUndefined(one) ? one : isUndefined(other) ? other : one - other]];
      }),
    );
  };
  const observed = differencesOf(pairs);
  const intervals = yield* drawn(
    pairs.length,
    pairs.map(([{ truth, answer }]) => (answer.kind === "class" ? (truth ?? -1) : 0)),
    (rows) => differencesOf(rows.map((row) => pairs[row]!)),
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

/** The figures of some people, by name. */
function figuresOf({ task, classes }: Answers["results"]): (people: readonly PersonAnswer[]) => Figures {
  switch (task) {
    case "classification":
      return (people) => classFigures(judgedPeople(people, classes.length, null), classes.length);
    case "regression":
      return valueFigures;
    case "reconstruction":
      return imageFigures;
  }
}

function classFigures(people: readonly JudgedPerson[], classes: number): Figures {
  const truth = people.map((person) => person.truth);
  const confusion = confusionMatrix(
    truth,
    people.map(({ predicted }) => predicted),
    classes,
  );
  const recalls = confusion.map((row, code): Share => ({ count: row[code]!, of: sum(row) }));
  const right = sum(recalls.map(({ count }) => count));
  const counted: Figures = {
    BA: balancedAccuracy(recalls),
    accuracy: shareOf({ count: right, of: people.length }),
    ...(classes === 2 ? figuresOfTwo(confusion, recalls) : {}),
  };
  const probabilities = people.flatMap((person) =>
    person.probabilities === null ? [] : [person.probabilities],
  );
  if (probabilities.length < people.length) return counted;
  const classified = { truth, probabilities };
  const log = { log_loss: logLoss(classified) };
  if (classes !== 2) {
    return { AUC: macroAuc(classified), ...counted, Brier: brierScoreOfClasses(classified), ...log };
  }
  const scored = oneAgainstRest(truth, probabilities, 0);
  return { AP: averagePrecision(scored), ...counted, Brier: brierScore(scored), ...log };
}

function figuresOfTwo(
  confusion: ReturnType<typeof confusionMatrix>,
  [positives, negatives]: readonly Share[],
): Figures {
  const odd = oddMeasures(confusion, 0, null).map(({ name, value }) => [name, value] as const);
  return {
    sensitivity: positives === undefined ? undefinedBecause("no-positives") : shareOf(positives),
    specificity: negatives === undefined ? undefinedBecause("no-negatives") : shareOf(negatives),
    ...Object.fromEntries(odd),
  };
}

function valueFigures(people: readonly PersonAnswer[]): Figures {
  const pair = valuePair(people);
  const errors = pair.predicted.map((value, i) => value - pair.truth[i]!);
  if (errors.length === 0) return {};
  return {
    R2_score: determinationOf(pair),
    MAE: mean(errors.map(Math.abs)),
    RMSE: Math.sqrt(mean(errors.map((error) => error ** 2))),
  };
}

function imageFigures(people: readonly PersonAnswer[]): Figures {
  const images = people.flatMap(({ answer }) => (answer.kind === "reconstruction" ? [answer.metrics] : []));
  return Object.fromEntries(
    Object.keys(images[0] ?? {}).map((name) => {
      const values = images.map((metrics) => metrics[name] ?? Number.NaN).filter(Number.isFinite);
      return [name, values.length === 0 ? undefinedBecause("no-cases") : mean(values)];
    }),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
