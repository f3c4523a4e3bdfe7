/** The distribution of a sum of independent values that are beta distributed, by integration. */
import { betaBelow, betaDensity, betaQuantile } from "../distributions";
import { integral } from "./gaussLegendre";

/** A continuous distribution: outside `lower` to `upper` nothing happens that a float64 would show. */
export interface Law {
  readonly lower: number;
  readonly upper: number;
  /** Probability of `x` or less. */
  readonly below: (x: number) => number;
  readonly density: (x: number) => number;
}

/** What is left out at each end. */
const NEGLIGIBLE = 1e-18;

/** Of that many a distribution spans, each integral is smooth enough for its points. */
const PIECES = 6;

/** Panels of a table: between them a cubic is good to 1e-8. */
const PANELS = 250;

export const betaLaw = (a: number, b: number): Law => ({
  lower: betaQuantile(NEGLIGIBLE, a, b),
  // The distribution seen from its other end: 1 - 1e-18 is 1.
  upper: 1 - betaQuantile(NEGLIGIBLE, b, a),
  below: (x) => betaBelow(x, a, b),
  density: (x) => (x <= 0 || x >= 1 ? 0 : betaDensity(x, a, b)),
});

/** P(A + B <= x) = integral of the density of B at s times P(A <= x - s). */
export function sumLaw(a: Law, b: Law): Law {
  const overlap = (x: number) => [Math.max(b.lower, x - a.upper), Math.min(b.upper, x - a.lower)] as const;
  return {
    lower: a.lower + b.lower,
    upper: a.upper + b.upper,
    below: (x) => {
      const [from, to] = overlap(x);
      // Where s is below x - upper, A is certainly below x - s.
      const certain = x - a.upper > b.lower ? b.below(x - a.upper) : 0;
      return Math.min(1, certain + integral((s) => b.density(s) * a.below(x - s), from, to, PIECES));
    },
    density: (x) => {
      const [from, to] = overlap(x);
      return integral((s) => b.density(s) * a.density(x - s), from, to, PIECES);
    },
  };
}

/** The same from a table with a cubic through values and slopes: what a sum of three or more is integrated over. */
export function tabulated({ lower, upper, below, density }: Law): Law {
  const width = (upper - lower) / PANELS;
  const at = (i: number) => lower + i * width;
  const values = Float64Array.from({ length: PANELS + 1 }, (_, i) => below(at(i)));
  const slopes = Float64Array.from({ length: PANELS + 1 }, (_, i) => density(at(i)) * width);
  const between = (x: number) => {
    const panel = Math.min(PANELS - 1, Math.floor((x - lower) / width));
    const t = (x - at(panel)) / width;
    const [y0, y1] = [values[panel]!, values[panel + 1]!];
    const [m0, m1] = [slopes[panel]!, slopes[panel + 1]!];
    return { t, y0, y1, m0, m1 };
  };
  return {
    lower,
    upper,
    below: (x) => {
      if (x <= lower) return 0;
      if (x >= upper) return 1;
      const { t, y0, y1, m0, m1 } = between(x);
      const [square, cube] = [t ** 2, t ** 3];
      const rise = 3 * square - 2 * cube;
      return y0 + rise * (y1 - y0) + (cube - 2 * square + t) * m0 + (cube - square) * m1;
    },
    density: (x) => {
      if (x <= lower || x >= upper) return 0;
      const { t, y0, y1, m0, m1 } = between(x);
      const square = t ** 2;
      const slope = 6 * (t - square) * (y1 - y0) + (3 * square - 4 * t + 1) * m0 + (3 * square - 2 * t) * m1;
      return slope / width;
    },
  };
}

/** The value that the law stays below with the probability `share`: Newton's steps, halving where they would leave the range. */
export function quantileOf({ lower, upper, below, density }: Law, share: number): number {
  let [low, high] = [lower, upper];
  let x = (low + high) / 2;
  for (let step = 0; step < 200 && high - low > 1e-13 * Math.max(1, Math.abs(high)); step++) {
    const missing = share - below(x);
    if (missing > 0) low = x;
    else high = x;
    const next = x + missing / density(x);
    if (Math.abs(next - x) < 1e-13) return next;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return x;
}
