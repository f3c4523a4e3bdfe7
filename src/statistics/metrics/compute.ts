/** The metrics of a set of answers, by the names and in the order of ClinicaDL's files. */
import { type ClassCounts, type ConfusionMatrix, countsOf } from "../confusion";
import { type Figure, isUndefined } from "../figure";
import type { Classified } from "../roc/auc";
import { oneAgainstRest } from "../roc/scored";
import { countsOfShares } from "./countsOfShares";
import type { ImagePair, Pair } from "./metric";
import { type MetricOf, metricsOf, SCORE_METRICS } from "./metrics";
import { isDefined, VALUE_NEEDS } from "./needs";

type ByName<Metric extends { readonly name: string }> = { readonly [Name in Metric["name"]]: number };

export type ClassificationMetrics = ByName<MetricOf<"classification">>;
export type RegressionMetrics = ByName<MetricOf<"regression">>;
export type ReconstructionMetrics = ByName<MetricOf<"reconstruction">>;

const ofClasses = metricsOf("classification");
const ofValues = metricsOf("regression");
const ofImages = metricsOf("reconstruction");

/** As in ClinicaDL's files. Two classes: one value a metric. More: `<metric>-<code>` for each class, unless it is the same for all. */
export function columnsOfClasses(confusion: ConfusionMatrix): Readonly<Record<string, number>> {
  if (confusion.length === 2) return ofClass(confusion, 0);
  const perClass = confusion.map((_, positive) => ofClass(confusion, positive));
  return Object.fromEntries(
    ofClasses.flatMap(({ name, columns }) =>
      columns === "one"
        ? [[name, perClass[0]![name]]]
        : perClass.map((values, code) => [`${name}-${code}`, values[name]]),
    ),
  );
}

/** One value a metric whatever the number of classes: the mean over the classes, as in training.tsv. */
export function meanOverClasses(confusion: ConfusionMatrix): ClassificationMetrics {
  if (confusion.length === 2) return ofClass(confusion, 0);
  const perClass = confusion.map((_, positive) => ofClass(confusion, positive));
  return byName(
    ofClasses,
    ({ name }) => perClass.reduce((sum, values) => sum + values[name], 0) / perClass.length,
  );
}

/**
 * The metrics of probabilities, one value each: of two classes that of the first, the positive one; of more the mean over them. 0 where
 * it is undefined, as the others.
 */
export function scoreMetrics({ truth, probabilities }: Classified): {
  readonly values: Readonly<Record<string, number>>;
  /** Names of those without a value for a class. */
  readonly undefinedNames: readonly string[];
} {
  const classes = probabilities[0]?.length ?? 0;
  const codes = Array.from({ length: classes === 2 ? 1 : classes }, (_, code) => code);
  const scored = codes.map((code) => oneAgainstRest(truth, probabilities, code));
  const measured = SCORE_METRICS.map(({ name, compute }) => ({ name, figures: scored.map(compute) }));
  const meanOf = (figures: readonly Figure[]) =>
    figures.reduce<number>((sum, figure) => sum + (isUndefined(figure) ? 0 : figure), 0) / figures.length;
  return {
    values: Object.fromEntries(measured.map(({ name, figures }) => [name, meanOf(figures)])),
    undefinedNames: measured.filter(({ figures }) => figures.some(isUndefined)).map(({ name }) => name),
  };
}

/** Names of `columnsOfClasses` whose value is 0 only because the counts give them none. */
export function undefinedColumns(confusion: ConfusionMatrix): string[] {
  const positives = confusion.length === 2 ? [0] : [...confusion.keys()];
  return columnsWithout(positives.map((positive) => countsOf(confusion, positive)));
}

/**
 * The same names, told by the columns themselves. Null where they do not tell it: then only the answers do.
 * @param values columns of a table, those of classes among them
 */
export function undefinedAmong(values: Readonly<Record<string, number>>): string[] | null {
  const classes = Object.keys(values).filter((name) => /^sensitivity-\d+$/.test(name)).length;
  const suffixes = classes === 0 ? [""] : Array.from({ length: classes }, (_, code) => `-${code}`);
  const counts = suffixes.flatMap(
    (of) =>
      countsOfShares({
        sensitivity: values[`sensitivity${of}`],
        specificity: values[`specificity${of}`],
        PPV: values[`PPV${of}`],
        NPV: values[`NPV${of}`],
      }) ?? [],
  );
  return counts.length === suffixes.length ? columnsWithout(counts) : null;
}

/** @param counts of the positive class of two, or of each class of more, by code */
function columnsWithout(counts: readonly ClassCounts[]): string[] {
  const columns = counts.flatMap((one, code) =>
    withoutValue(one).map(({ name, columns }) =>
      counts.length === 1 || columns === "one" ? name : `${name}-${code}`,
    ),
  );
  return [...new Set(columns)];
}

/** Names of `meanOverClasses` that are undefined: those of which a class has no value. */
export function undefinedMeans(confusion: ConfusionMatrix): string[] {
  const positives = confusion.length === 2 ? [0] : [...confusion.keys()];
  return [
    ...new Set(positives.flatMap((code) => withoutValue(countsOf(confusion, code)).map(({ name }) => name))),
  ];
}

/** Names of `regressionMetrics` that the values leave undefined. */
export const undefinedOfValues = (pair: Pair): string[] =>
  ofValues
    .filter(({ needs }) => !needs.every((need) => VALUE_NEEDS[need](pair.truth)))
    .map(({ name }) => name);

const withoutValue = (counts: ClassCounts) => ofClasses.filter((metric) => !isDefined(metric, counts));

/** Metrics as they are shown: null where they are undefined. */
export type ShownMetrics = Readonly<Record<string, number | null>>;

export const shownMetrics = (
  values: Readonly<Record<string, number>>,
  undefinedNames: readonly string[] = [],
): ShownMetrics =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, undefinedNames.includes(name) ? null : value]),
  );

function ofClass(confusion: ConfusionMatrix, positive: number): ClassificationMetrics {
  const counts = countsOf(confusion, positive);
  return byName(ofClasses, ({ compute }) => compute(counts));
}

export function regressionMetrics(pair: Pair): RegressionMetrics {
  return byName(ofValues, ({ compute }) => compute(pair));
}

/** Of one image: how close its reconstruction is. */
export function reconstructionMetrics(pair: ImagePair): ReconstructionMetrics {
  return byName(ofImages, ({ compute }) => compute(pair));
}

/** Of many images: the mean over them. */
export function meanOverImages(images: readonly ReconstructionMetrics[]): ReconstructionMetrics {
  return byName(ofImages, ({ name }) => {
    let sum = 0;
    for (const image of images) sum += image[name];
    return sum / images.length;
  });
}

function byName<M extends { readonly name: string }>(
  metrics: readonly M[],
  compute: (metric: M) => number,
): ByName<M> {
  const values = metrics.map((metric) => [metric.name, compute(metric)] as const);
  // Each metric is in its own entry: that fromEntries keeps the names is more than its type says.
  return Object.fromEntries(values) as ByName<M>;
}
