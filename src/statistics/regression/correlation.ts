/** How closely two series go together: in a line (Pearson), in their order (Spearman, Kendall). */
import { betaBelow, normalReach } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { type Interval, USUAL_LEVEL } from "../intervals/interval";
import { mean } from "../moments";
import { midranks } from "../ranks";

/** How the error of the z-transformed coefficient is estimated from n and the coefficient r. */
const ERRORS = {
  /** R. A. Fisher, Metron 1921. */
  fisher: (n) => 1 / Math.sqrt(n - 3),
  /** D. Bonett and T. Wright, Psychometrika 2000: for ranks, also where they go together closely. */
  "bonett-wright": (n, r) => Math.sqrt((1 + r ** 2 / 2) / (n - 3)),
  /** E. Fieller, H. Hartley and E. Pearson, Biometrika 1957: for ranks. */
  fieller: (n) => Math.sqrt(1.06 / (n - 3)),
} as const satisfies Readonly<Record<string, (n: number, r: number) => number>>;

export type CorrelationError = keyof typeof ERRORS;

export interface Correlation {
  /** -1 to 1. */
  readonly coefficient: number;
  /** Two-sided, of no correlation; of ranks by the approximation of Student's t. */
  readonly p: number;
  /** Undefined at -1 and 1, and with fewer than four people. */
  readonly interval: Figure<Interval<CorrelationError>>;
}

/** Undefined with fewer than three people, and where a series does not vary. */
export function pearson(
  x: readonly number[],
  y: readonly number[],
  level = USUAL_LEVEL,
  error: CorrelationError = "fisher",
): Figure<Correlation> {
  const n = x.length;
  if (n < 3) return undefinedBecause(n === 0 ? "no-cases" : "too-few-cases");
  if (isConstant(x) || isConstant(y)) return undefinedBecause("no-variance");
  const r = coefficientOf(x, y);
  // The p of t = r sqrt((n - 2) / (1 - r^2)), written for 1 - r^2, in which a small p has its digits.
  const p = betaBelow((1 - r) * (1 + r), (n - 2) / 2, 0.5);
  return { coefficient: r, p, interval: fisherInterval(r, n, level, error) };
}

/** Pearson's of the midranks. */
export const spearman = (
  x: readonly number[],
  y: readonly number[],
  level = USUAL_LEVEL,
  error: CorrelationError = "bonett-wright",
): Figure<Correlation> => pearson(midranks(x), midranks(y), level, error);

function fisherInterval(
  r: number,
  n: number,
  level: number,
  method: CorrelationError,
): Figure<Interval<CorrelationError>> {
  if (n < 4) return undefinedBecause("too-few-cases");
  if (Math.abs(r) === 1) return undefinedBecause("at-limit");
  const width = normalReach(level) * ERRORS[method](n, r);
  const z = Math.atanh(r);
  return { lower: Math.tanh(z - width), upper: Math.tanh(z + width), level, method };
}

function coefficientOf(x: readonly number[], y: readonly number[]): number {
  const [middleX, middleY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [dx, dy] = [value - middleX, y[i]! - middleY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

const isConstant = (values: readonly number[]) => values.every((value) => value === values[0]);
