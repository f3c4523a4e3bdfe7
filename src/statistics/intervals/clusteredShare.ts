import type { Share } from "./proportion";

/**
 * A share of sessions as one of people, for the intervals of shares: the counts of sessions divided by how much more the share varies
 * with the people than sessions of as many people would let it (the design effect). J. N. K. Rao and A. J. Scott, "A simple method
 * for the analysis of clustered binary data", Biometrics 1992, with 1 / m for their m / (m - 1) / m, so that people with one session each
 * count as they are. Counts are never raised. A share of 0 or 1 varies with nobody: there each person counts once.
 * @param hits of each session whether it is counted
 * @param people of each session whose it is
 */
export function clusteredShare(hits: readonly boolean[], people: readonly string[]): Share {
  const of = hits.length;
  const count = hits.filter(Boolean).length;
  const share = count / of;
  const sums = new Map<string, { sessions: number; hits: number }>();
  for (const [i, person] of people.entries()) {
    const sum = sums.get(person) ?? { sessions: 0, hits: 0 };
    sums.set(person, { sessions: sum.sessions + 1, hits: sum.hits + (hits[i] ? 1 : 0) });
  }
  if (count === 0 || count === of) return { count: count === 0 ? 0 : sums.size, of: sums.size };
  let squares = 0;
  for (const one of sums.values()) squares += (one.hits - one.sessions * share) ** 2;
  const effect = Math.max(1, squares / of / (share * (1 - share)));
  return { count: count / effect, of: of / effect };
}
