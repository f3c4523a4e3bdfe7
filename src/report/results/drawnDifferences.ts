/**
 * How far two models are apart in figures whose test gives no interval. Where both answered the same people, these are drawn again, each
 * class for itself, and in every draw both models are judged on the same people (the paired bootstrap; B. Efron and R. Tibshirani, An
 * Introduction to the Bootstrap, 1993, chapter 8). The area of two classes is not among them: DeLong's test has its interval.
 */
import { type Figure, isUndefined, undefinedBecause } from "../../statistics/figure";
import type { Steps } from "../../statistics/steps";
import { commonPeople } from "./compare";
import { type FigureDifference, type IntervalOfDifference, lessOf } from "./figureDifference";
import { figuresOf } from "./figuresOfPeople";
import type { AnswerSet, GroupResults } from "./groupResults";
import { independentDifferenceSteps } from "./independentDifferences";
import { byPerson } from "./people";
import { drawn } from "./resampled";

/** What is needed of the answers of one MAPS. */
interface Answers {
  readonly results: Pick<GroupResults, "task" | "classes">;
  readonly set: Pick<AnswerSet, "sessions">;
}

/** Both are of one task, label and classes. Where the two have answered nobody in common, their people are two samples. */
export function* differenceSteps(first: Answers, second: Answers): Steps<readonly FigureDifference[]> {
  const pairs = commonPeople(first.set.sessions, second.set.sessions);
  if (pairs.length === 0) {
    const [one, other] = [byPerson(first.set.sessions).people, byPerson(second.set.sessions).people];
    return yield* independentDifferenceSteps(first.results, one, other);
  }
  const ofFirst = figuresOf(
    first.results,
    pairs.map(([one]) => one),
  );
  const ofSecond = figuresOf(
    first.results,
    pairs.map(([, one]) => one),
  );
  const differencesOf = (rows: readonly number[]) => lessOf(ofFirst(rows), ofSecond(rows));
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
function intervalOf(
  difference: Figure,
  interval: Figure<IntervalOfDifference>,
): Figure<IntervalOfDifference> {
  if (isUndefined(difference)) return difference;
  const isAlike = isUndefined(interval) && interval.undefinedBecause === "at-limit" && difference === 0;
  return isAlike ? undefinedBecause("no-differences") : interval;
}
