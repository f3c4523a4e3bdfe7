/**
 * How each score stands among those of the other class, from which the variance of an area and the covariance of two follow (E. DeLong,
 * D. DeLong and D. Clarke-Pearson, Biometrics 1988), also where people have several sessions (N. Obuchowski, Biometrics 1997).
 */
import { type Figure, isUndefined, undefinedBecause } from "../figure";
import { auc } from "./auc";
import { type Scored, scoresByClass } from "./scored";

export interface Placements {
  readonly auc: number;
  /** Of each of the positive class the share of the others with a lower score, ties half: [m]. */
  readonly cases: readonly number[];
  /** Of each other one the share of the positive class with a higher score, ties half: [n]. */
  readonly controls: readonly number[];
  /** Whose each of them is, in the same order; null where all are of different people. */
  readonly people: { readonly cases: readonly string[]; readonly controls: readonly string[] } | null;
}

/** @param people whose each score is: [n]; not given where nobody has two */
export function placements(scored: Scored, people?: readonly string[]): Figure<Placements> {
  const area = auc(scored);
  if (isUndefined(area)) return area;
  const { cases, controls } = scoresByClass(scored);
  const [sortedCases, sortedControls] = [Float64Array.from(cases).sort(), Float64Array.from(controls).sort()];
  return {
    auc: area,
    cases: cases.map((score) => shareBelow(sortedControls, score)),
    controls: controls.map((score) => 1 - shareBelow(sortedCases, score)),
    people:
      people === undefined || new Set(people).size === people.length
        ? null
        : {
            cases: people.filter((_, i) => scored.positive[i]),
            controls: people.filter((_, i) => !scored.positive[i]),
          },
  };
}

/** Of two areas of the same people, in the same order; of one with itself its variance. Undefined where a class has one person only. */
export function aucCovariance(a: Placements, b: Placements): Figure {
  if (a.people !== null) return clusteredCovariance(a, b, a.people);
  const [m, n] = [a.cases.length, a.controls.length];
  if (m < 2 || n < 2) return undefinedBecause("too-few-cases");
  const sum = (of: "cases" | "controls") =>
    a[of].reduce((total, place, i) => total + (place - a.auc) * (b[of][i]! - b.auc), 0);
  return sum("cases") / (m - 1) / m + sum("controls") / (n - 1) / n;
}

/** The same where some people have several sessions, even in both classes: sums over the sessions of a person vary, not sessions. */
function clusteredCovariance(
  a: Placements,
  b: Placements,
  people: NonNullable<Placements["people"]>,
): Figure {
  const [m, n] = [a.cases.length, a.controls.length];
  const [casesA, casesB] = [sumsOf(people.cases, a.cases, a.auc), sumsOf(people.cases, b.cases, b.auc)];
  const controlsA = sumsOf(people.controls, a.controls, a.auc);
  const controlsB = sumsOf(people.controls, b.controls, b.auc);
  if (casesA.size < 2 || controlsA.size < 2) return undefinedBecause("too-few-cases");
  const all = new Set([...people.cases, ...people.controls]).size;
  const between = (count: number) => count / (count - 1);
  return (
    (between(casesA.size) * products(casesA, casesB)) / m ** 2 +
    (between(controlsA.size) * products(controlsA, controlsB)) / n ** 2 +
    (between(all) * (products(casesA, controlsB) + products(casesB, controlsA))) / (m * n)
  );
}

function sumsOf(people: readonly string[], places: readonly number[], area: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [i, person] of people.entries()) sums.set(person, (sums.get(person) ?? 0) + places[i]! - area);
  return sums;
}

function products(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [person, value] of one) sum += value * (other.get(person) ?? 0);
  return sum;
}

/** @param sorted scores, rising */
function shareBelow(sorted: Float64Array, score: number): number {
  const below = firstWhere(sorted, (other) => other >= score);
  const notAbove = firstWhere(sorted, (other) => other > score);
  return (below + notAbove) / (2 * sorted.length);
}

/** Where `test` begins to hold, which it does from there on. */
function firstWhere(sorted: Float64Array, test: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
