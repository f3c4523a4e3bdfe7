/** Whether paired differences lie around 0 (F. Wilcoxon, Biometrics Bulletin 1945). */
import { normalTwoSided } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { midranks, tieTerm } from "../ranks";

export interface SignedRankTest {
  readonly test: "wilcoxon-signed-rank";
  /** Sums of the ranks of the differences above and below 0. */
  readonly above: number;
  readonly below: number;
  /** Differences that are not 0. */
  readonly count: number;
  /** Whether p comes from all signs that the ranks may have, or from the normal approximation with its correction for continuity. */
  readonly exact: boolean;
  /** Two-sided. */
  readonly p: number;
}

/** Up to that many differences all signs are counted: a few milliseconds. */
const MOST_EXACT = 100;

/** The test to show: zeros are left out, equal differences share their ranks. Undefined where no difference is other than 0. */
export function wilcoxonSignedRank(differences: readonly number[]): Figure<SignedRankTest> {
  const kept = differences.filter((difference) => difference !== 0);
  if (kept.length === 0) return undefinedBecause(differences.length === 0 ? "no-cases" : "no-differences");
  const { above, below } = signedRanks(kept);
  const exact = kept.length <= MOST_EXACT;
  const { p } = exact ? exactSignedRank(kept) : approximateSignedRank(kept, "wilcox", true);
  return { test: "wilcoxon-signed-rank", above, below, count: kept.length, exact, p };
}

function signedRanks(differences: readonly number[]) {
  const ranks = midranks(differences.map(Math.abs));
  let [above, below] = [0, 0];
  for (const [i, difference] of differences.entries()) {
    if (difference > 0) above += ranks[i]!;
    else if (difference < 0) below += ranks[i]!;
  }
  return { ranks, above, below };
}

/**
 * From all assignments of signs to the ranks, ties included. Of differences that are not 0.
 * @returns p two-sided (sums as far from the middle), that the differences lie above 0, and below
 */
export function exactSignedRank(differences: readonly number[]): {
  readonly p: number;
  readonly pGreater: number;
  readonly pLess: number;
} {
  const { ranks, above } = signedRanks(differences);
  // Doubled, midranks are whole numbers. `law` holds the probability of each sum of those that are positive.
  const doubled = ranks.map((rank) => 2 * rank);
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const law = new Float64Array(total + 1);
  law[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--)
      law[sum] = (law[sum]! + (sum >= rank ? law[sum - rank]! : 0)) / 2;
  }
  const observed = 2 * above;
  const far = Math.abs(2 * observed - total);
  let [p, pGreater, pLess] = [0, 0, 0];
  for (const [sum, probability] of law.entries()) {
    if (Math.abs(2 * sum - total) >= far) p += probability;
    if (sum >= observed) pGreater += probability;
    if (sum <= observed) pLess += probability;
  }
  return { p: Math.min(1, p), pGreater: Math.min(1, pGreater), pLess: Math.min(1, pLess) };
}

/** What is done with differences of 0: left out; ranked and then left out (J. Pratt, JASA 1959); ranked and shared by both sides. */
export type ZeroRule = "wilcox" | "pratt" | "zsplit";

/** Two-sided p of the normal approximation, its variance less by ties; with `corrected`, the sum is half a rank nearer to its mean. */
export function approximateSignedRank(
  differences: readonly number[],
  zeros: ZeroRule,
  corrected: boolean,
): { readonly statistic: number; readonly p: number } {
  const ranked = zeros === "wilcox" ? differences.filter((one) => one !== 0) : differences;
  const { ranks, above, below } = signedRanks(ranked);
  const isZero = (i: number) => ranked[i] === 0;
  const zeroRanks = ranks.filter((_, i) => isZero(i));
  const shared = zeros === "zsplit" ? zeroRanks.reduce((sum, rank) => sum + rank, 0) / 2 : 0;
  const statistic = Math.min(above, below) + shared;
  // Cureton, JASA 1967: of ranks that are left out neither mean nor variance counts.
  const left = zeros === "pratt" ? zeroRanks.length : 0;
  const used = zeros === "pratt" ? ranks.filter((_, i) => !isZero(i)) : ranks;
  const n = ranked.length;
  const middle = (n * (n + 1) - left * (left + 1)) / 4;
  const squares = n * (n + 1) * (2 * n + 1) - left * (left + 1) * (2 * left + 1) - tieTerm(used) / 2;
  const correction = corrected ? 0.5 * Math.sign(statistic - middle) : 0;
  return { statistic, p: normalTwoSided((statistic - middle - correction) / Math.sqrt(squares / 24)) };
}
