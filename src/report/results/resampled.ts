/**
 * Intervals of figures that have no formula for one, by drawing people again, each class for itself. Seeded, so that everybody who looks
 * at the same answers reads the same interval.
 */
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import { type Figure, isUndefined, undefinedBecause } from "../../statistics/figure";
import { type BootstrapInterval, bootstrapSteps, clustersOf } from "../../statistics/intervals/bootstrap";
import { isWithoutWidth } from "../../statistics/intervals/interval";
import { determinationOf } from "../../statistics/regression/errors";
import type { Steps } from "../../statistics/steps";
import type { Task } from "../../statistics/task";
import { at, judgedDraws } from "./judgedDraws";
import { type JudgedPerson, judgedPeople, type Measure, oddMeasures } from "./measures";
import { type PersonAnswer, valuePair } from "./people";

/** Draws, of which large groups need fewer: what they add is smaller than the last digit shown. */
const RESAMPLES = 2000;
const RESAMPLES_OF_MANY = 400;
const MANY = 1000;

export const resamplesOf = (people: number): number => (people > MANY ? RESAMPLES_OF_MANY : RESAMPLES);

const keyOf = ({ name, code }: Pick<Measure, "name" | "code">) => `${name}\t${code ?? ""}`;

/** Names of the measures whose interval nothing but drawing people again can tell. */
const RESAMPLED: readonly string[] = ["AP", "AUC", "F1_score", "MCC", "R2_score"];

/** Whether `resampledSteps` finds the interval of a measure: of areas, only the mean of several classes has no formula. */
export const isResampled = ({ name, value, interval }: Measure): boolean =>
  interval === null && !isUndefined(value) && RESAMPLED.includes(name);

export interface Resampling {
  readonly task: Task;
  /** How many. */
  readonly classes: number;
  readonly threshold: number | null;
}

/** The measures of these people, those without an interval having one now where drawing people again can tell it. */
export function* resampledSteps(
  measures: readonly Measure[],
  people: readonly PersonAnswer[],
  { task, classes, threshold }: Resampling,
): Steps<readonly Measure[]> {
  if (!measures.some(isResampled)) return measures;
  const intervals =
    task === "classification"
      ? yield* drawnClasses(judgedPeople(people, classes, threshold), classes)
      : yield* drawnValues(valuePair(people));
  return measures.map((measure) => ({
    ...measure,
    interval: measure.interval ?? intervals[keyOf(measure)] ?? null,
  }));
}

/** Those of the measures that have no formula. */
function drawnClasses(judged: readonly JudgedPerson[], classes: number) {
  const { confusion, graded } = judgedDraws(judged, classes);
  const codes = classes === 2 ? [null] : [...Array(classes).keys()];
  return drawn(
    judged.length,
    judged.map(({ truth }) => truth),
    (rows) => {
      const counted = confusion(rows);
      const figures = codes.flatMap((code) => oddMeasures(counted, code ?? 0, code));
      if (graded === null) return byKey(figures);
      const values = graded.averagePrecisions(rows);
      const precisions = codes.map((code) => ({ name: "AP", code, value: values[code ?? 0]! }));
      const areas = classes === 2 ? [] : [{ name: "AUC", code: null, value: graded.macroAuc(rows) }];
      return byKey([...figures, ...precisions, ...areas]);
    },
  );
}

/** R squared, which has no formula. */
const drawnValues = ({ truth, predicted }: ReturnType<typeof valuePair>) =>
  drawn(
    truth.length,
    truth.map(() => 0),
    (rows) => ({
      [keyOf({ name: "R2_score", code: null })]: determinationOf({
        truth: at(truth, rows),
        predicted: at(predicted, rows),
      }),
    }),
  );

/**
 * Intervals of the figures of people, by name; undefined where all draws give the same.
 * @param count of people
 * @param strata of each person, who is drawn among those of the same
 */
export function* drawn(
  count: number,
  strata: readonly number[],
  statistic: (rows: readonly number[]) => Readonly<Record<string, Figure>>,
): Steps<Readonly<Record<string, Figure<BootstrapInterval>>>> {
  const random = new RandomGenerator(deriveSeed(0, "intervals of results"));
  const people = Array.from({ length: count }, (_, i) => String(i));
  const intervals = yield* bootstrapSteps({
    clusters: clustersOf(people, strata),
    statistic,
    random: () => random.uniform(),
    resamples: resamplesOf(count),
  });
  return Object.fromEntries(Object.entries(intervals).map(([name, interval]) => [name, withWidth(interval)]));
}

/** One without a width, of a figure at its limit, would say that no error is possible. */
const withWidth = (interval: Figure<BootstrapInterval>): Figure<BootstrapInterval> =>
  !isUndefined(interval) && isWithoutWidth(interval) ? undefinedBecause("at-limit") : interval;

const byKey = (figures: readonly Pick<Measure, "name" | "code" | "value">[]) =>
  Object.fromEntries(figures.map((figure) => [keyOf(figure), figure.value]));
