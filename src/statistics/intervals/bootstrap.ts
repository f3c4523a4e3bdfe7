/**
 * Percentile intervals by drawing people again, with all their sessions together and as many of each class as there are (stratified):
 * B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13. For figures that have no formula, and for groups
 * in which people have several sessions. Of a figure that is at its limit, an accuracy of 1 for instance, it knows no error: there
 * `wilson` and its kin do.
 */
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { percentile } from "../percentile";
import { finished, type Steps } from "../steps";
import { type Interval, USUAL_LEVEL } from "./interval";

export interface BootstrapInterval extends Interval<"bootstrap"> {
  /** Standard deviation of the resampled values. */
  readonly standardError: number;
  readonly resamples: number;
  /** Resamples in which the figure had no value; they are left out. */
  readonly undefinedResamples: number;
}

/** A person: the rows that are drawn together, and the stratum among which the person is drawn. */
export interface Cluster {
  readonly stratum: string;
  readonly rows: readonly number[];
}

export interface Bootstrap<Name extends string> {
  readonly clusters: readonly Cluster[];
  /** The figures of some rows, of which some come several times. */
  readonly statistic: (rows: readonly number[]) => Readonly<Record<Name, Figure>>;
  /** Uniform numbers in [0, 1), of a seeded generator. */
  readonly random: () => number;
  readonly level?: number;
  readonly resamples?: number;
}

const RESAMPLES = 2000;

/** An interval of the resamples that have a value is one of the figure as long as nearly all have one. */
const MOST_UNDEFINED = 0.05;

/** People with the rows that are theirs; the stratum of a person is what all their sessions are of. */
export function clustersOf(people: readonly string[], classes: readonly (string | number)[]): Cluster[] {
  const found = new Map<string, number[]>();
  for (const [row, person] of people.entries()) {
    const rows = found.get(person);
    if (rows === undefined) found.set(person, [row]);
    else rows.push(row);
  }
  return [...found.values()].map((rows) => ({
    stratum: [...new Set(rows.map((row) => String(classes[row])))].sort().join("\t"),
    rows,
  }));
}

type Bootstrapped<Name extends string> = Readonly<Record<Name, Figure<BootstrapInterval>>>;

/** Undefined with fewer than two people, and for a figure that has no value in more than a twentieth of the resamples. */
export const bootstrap = <Name extends string>(asked: Bootstrap<Name>): Bootstrapped<Name> =>
  finished(bootstrapSteps(asked));

/** The same, a resample a step. */
export function* bootstrapSteps<Name extends string>({
  clusters,
  statistic,
  random,
  level = USUAL_LEVEL,
  resamples = RESAMPLES,
}: Bootstrap<Name>): Steps<Bootstrapped<Name>> {
  const names = Object.keys(statistic(clusters.flatMap(({ rows }) => rows))) as Name[];
  const strata = stratified(clusters);
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let resample = 0; clusters.length > 1 && resample < resamples; resample++) {
    const figures = statistic(drawnRows(strata, random));
    for (const name of names) {
      const figure = figures[name];
      if (!isUndefined(figure)) values.get(name)!.push(figure);
    }
    yield (resample + 1) / resamples;
  }
  const interval = (found: readonly number[]): Figure<BootstrapInterval> => {
    if (clusters.length < 2) return undefinedBecause("too-few-cases");
    const undefinedResamples = resamples - found.length;
    if (undefinedResamples > MOST_UNDEFINED * resamples) return undefinedBecause("undefined-in-resamples");
    const sorted = Float64Array.from(found).sort();
    return {
      lower: percentile(sorted, (1 - level) / 2),
      upper: percentile(sorted, (1 + level) / 2),
      level,
      method: "bootstrap",
      standardError: deviationOf(sorted),
      resamples,
      undefinedResamples,
    };
  };
  // Each name is in its own entry: that fromEntries keeps the names is more than its type says.
  return Object.fromEntries(names.map((name) => [name, interval(values.get(name)!)])) as Bootstrapped<Name>;
}

/** As many people of each stratum as it has. One by one into one list: with ten thousand people lists of lists cost more than the figures. */
function drawnRows(strata: readonly (readonly Cluster[])[], random: () => number): readonly number[] {
  const rows: number[] = [];
  for (const stratum of strata) {
    for (let person = 0; person < stratum.length; person++) {
      for (const row of stratum[Math.floor(random() * stratum.length)]!.rows) rows.push(row);
    }
  }
  return rows;
}

function stratified(clusters: readonly Cluster[]): readonly (readonly Cluster[])[] {
  const strata = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const known = strata.get(cluster.stratum);
    if (known === undefined) strata.set(cluster.stratum, [cluster]);
    else known.push(cluster);
  }
  return [...strata.values()];
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
