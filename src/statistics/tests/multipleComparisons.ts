/** p-values of several tests at once, each made larger so that a p below 0.05 means what it says of all of them. */

/**
 * `bonferroni` and `holm` (S. Holm, Scandinavian Journal of Statistics 1979): the probability of any false finding; Holm's is never worse.
 * `benjamini-hochberg` (Journal of the Royal Statistical Society B 1995): the share of the findings that are false;
 * `benjamini-yekutieli` (Annals of Statistics 2001): the same however the tests depend on each other.
 */
export const CORRECTIONS = ["bonferroni", "holm", "benjamini-hochberg", "benjamini-yekutieli"] as const;

export type Correction = (typeof CORRECTIONS)[number];

/** Adjusted p-values in the order of `ps`, as R's `p.adjust`: to be compared with the level itself. */
export function adjustedPs(ps: readonly number[], correction: Correction): number[] {
  const m = ps.length;
  switch (correction) {
    case "bonferroni":
      return ps.map((p) => Math.min(1, p * m));
    case "holm": {
      let largest = 0;
      return inOrderOf(ps, (p, rank) => {
        largest = Math.max(largest, Math.min(1, p * (m - rank)));
        return largest;
      });
    }
    case "benjamini-hochberg":
      return stepUp(ps, m);
    case "benjamini-yekutieli":
      return stepUp(
        ps,
        ps.reduce((sum, _, i) => sum + m / (i + 1), 0),
      );
  }
}

/** From the largest p on, the smallest of p factor / rank so far. */
function stepUp(ps: readonly number[], factor: number): number[] {
  const scaled = [...ps].sort((a, b) => a - b).map((p, rank) => Math.min(1, (p * factor) / (rank + 1)));
  for (let rank = scaled.length - 2; rank >= 0; rank--)
    scaled[rank] = Math.min(scaled[rank]!, scaled[rank + 1]!);
  return inOrderOf(ps, (_, rank) => scaled[rank]!);
}

/** Each p by its rank from 0 on, the smallest first, put back in its place. */
function inOrderOf(ps: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted = new Array<number>(ps.length).fill(0);
  for (const [rank, i] of order.entries()) adjusted[i] = adjust(ps[i]!, rank);
  return adjusted;
}
