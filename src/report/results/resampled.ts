/**
 * Intervals of figures that have no formula for one, by drawing people again, each class for itself. Seeded, so that everybody who looks
 * at the same answers reads the same interval.
 */
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import { confusionMatrix } from "../../statistics/confusion";
import { type Figure, isUndefined, undefinedBecause } from "../../statistics/figure";
import { bootstrap, clustersOf } from "../../statistics/intervals/bootstrap";
import type { Interval } from "../../statistics/intervals/interval";
import { determinationOf } from "../../statistics/regression/errors";
import { macroAuc } from "../../statistics/roc/auc";
import { averagePrecision } from "../../statistics/roc/precisionRecall";
import { oneAgainstRest } from "../../statistics/roc/scored";
import { type JudgedPerson, judgedPeople, type Measure, oddMeasures } from "./measures";
import type { PersonAnswer } from "./people";

/** Draws, of which large groups need fewer: what they add is smaller than the last digit shown. */
const RESAMPLES = 2000;
const RESAMPLES_OF_MANY = 400;
const MANY = 1000;

const keyOf = ({ name, code }: Pick<Measure, "name" | "code">) => `${name}\t${code ?? ""}`;

/** The measures, those of a classification without an interval having one now. */
export function withResampled(
  measures: readonly Measure[],
  people: readonly PersonAnswer[],
  classes: number,
  threshold: number | null,
): readonly Measure[] {
  const judged = judgedPeople(people, classes, threshold);
  const intervals = drawn(
    judged.length,
    judged.map(({ truth }) => truth),
    (rows) =>
      figuresOf(
        rows.map((row) => judged[row]!),
        classes,
      ),
  );
  return measures.map((measure) => ({
    ...measure,
    interval: measure.interval ?? intervals[keyOf(measure)] ?? null,
  }));
}

/** The interval of R squared, which has no formula. */
export function resampledDetermination(pair: {
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
}) {
  const at = (values: readonly number[], rows: readonly number[]) => rows.map((row) => values[row]!);
  const { R2_score } = drawn(
    pair.truth.length,
    pair.truth.map(() => 0),
    (rows) => ({
      R2_score: determinationOf({ truth: at(pair.truth, rows), predicted: at(pair.predicted, rows) }),
    }),
  );
  return R2_score ?? null;
}

/** @param strata of each person, who is drawn among those of the same */
function drawn(
  count: number,
  strata: readonly number[],
  statistic: (rows: readonly number[]) => Readonly<Record<string, Figure>>,
) {
  const random = new RandomGenerator(deriveSeed(0, "intervals of results"));
  const people = Array.from({ length: count }, (_, i) => String(i));
  const intervals = bootstrap({
    clusters: clustersOf(people, strata),
    statistic,
    random: () => random.uniform(),
    resamples: count > MANY ? RESAMPLES_OF_MANY : RESAMPLES,
  });
  return Object.fromEntries(Object.entries(intervals).map(([name, interval]) => [name, withWidth(interval)]));
}

/** Below it a difference is one of the order of sums. */
const ROUNDING = 1e-9;

/** One without a width, of a figure at its limit, would say that no error is possible. */
const withWidth = (interval: Figure<Interval>): Figure<Interval> =>
  !isUndefined(interval) && interval.upper - interval.lower < ROUNDING
    ? undefinedBecause("at-limit")
    : interval;

/** Those of the measures that have no formula, by name and class. */
function figuresOf(people: readonly JudgedPerson[], classes: number): Readonly<Record<string, Figure>> {
  const truth = people.map((person) => person.truth);
  const confusion = confusionMatrix(
    truth,
    people.map(({ predicted }) => predicted),
    classes,
  );
  const codes = classes === 2 ? [null] : [...Array(classes).keys()];
  const figures = codes.flatMap((code) => oddMeasures(confusion, code ?? 0, code));
  const probabilities = people.flatMap((person) =>
    person.probabilities === null ? [] : [person.probabilities],
  );
  if (probabilities.length < people.length) return byKey(figures);
  const precisions = codes.map((code) => ({
    name: "AP",
    code,
    value: averagePrecision(oneAgainstRest(truth, probabilities, code ?? 0)),
  }));
  const areas = classes === 2 ? [] : [{ name: "AUC", code: null, value: macroAuc({ truth, probabilities }) }];
  return byKey([...figures, ...precisions, ...areas]);
}

const byKey = (figures: readonly Pick<Measure, "name" | "code" | "value">[]) =>
  Object.fromEntries(figures.map((figure) => [keyOf(figure), figure.value]));
