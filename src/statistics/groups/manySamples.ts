/** Whether the values of several groups of people differ. */
import { chiSquaredAbove, fAbove } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { mean, squaredDeviations } from "../moments";
import { midranks, tieTerm } from "../ranks";

export interface VarianceTest {
  readonly test: "anova";
  readonly f: number;
  readonly freedom: readonly [number, number];
  readonly p: number;
  /** Share of the variance that the groups explain: 0 to 1. */
  readonly etaSquared: number;
}

/** One-way analysis of variance (R. A. Fisher, 1925). Undefined with fewer than two groups or people than groups, and without variance. */
export function oneWayAnova(groups: readonly (readonly number[])[]): Figure<VarianceTest> {
  const all = groups.flat();
  const freedom = [groups.length - 1, all.length - groups.length] as const;
  if (groups.some((group) => group.length === 0)) return undefinedBecause("no-cases");
  if (freedom[0] < 1 || freedom[1] < 1) return undefinedBecause("too-few-cases");
  const within = groups.reduce((sum, group) => sum + squaredDeviations(group), 0);
  if (!(within > 0)) return undefinedBecause("no-variance");
  const middle = mean(all);
  const between = groups.reduce((sum, group) => sum + group.length * (mean(group) - middle) ** 2, 0);
  const f = between / freedom[0] / (within / freedom[1]);
  return { test: "anova", f, freedom, p: fAbove(f, ...freedom), etaSquared: between / (between + within) };
}

export interface RankVarianceTest {
  readonly test: "kruskal-wallis";
  readonly h: number;
  readonly freedom: number;
  readonly p: number;
}

/** The same of ranks, ties corrected (W. Kruskal and W. Wallis, JASA 1952). Undefined with fewer than two groups, and without variance. */
export function kruskalWallis(groups: readonly (readonly number[])[]): Figure<RankVarianceTest> {
  const all = groups.flat();
  const n = all.length;
  if (groups.some((group) => group.length === 0)) return undefinedBecause("no-cases");
  if (groups.length < 2) return undefinedBecause("too-few-cases");
  if (all.every((value) => value === all[0])) return undefinedBecause("no-variance");
  const ranks = midranks(all);
  let from = 0;
  let squares = 0;
  for (const { length } of groups) {
    const sum = ranks.slice(from, from + length).reduce((total, rank) => total + rank, 0);
    squares += sum ** 2 / length;
    from += length;
  }
  const plain = (12 / (n * (n + 1))) * squares - 3 * (n + 1);
  const h = plain / (1 - tieTerm(all) / (n ** 3 - n));
  const freedom = groups.length - 1;
  return { test: "kruskal-wallis", h, freedom, p: chiSquaredAbove(h, freedom) };
}
