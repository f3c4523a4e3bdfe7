/** Whether predicted values are the true ones, not only in a line with them. */
import { fAbove, fQuantileAbove } from "../distributions";
import { type Figure, undefinedBecause } from "../figure";
import { type Interval, USUAL_LEVEL } from "../intervals/interval";
import { mean, squaredDeviations } from "../moments";
import type { Predicted } from "./errors";

/**
 * Concordance correlation (L. Lin, Biometrics 1989): 2 cov / (var x + var y + (mean x - mean y)^2), moments divided by n. Undefined where
 * neither series varies.
 */
export function concordance({ truth, predicted }: Predicted): Figure {
  const n = truth.length;
  if (n === 0) return undefinedBecause("no-cases");
  const [x, y] = [mean(truth), mean(predicted)];
  const covariance = truth.reduce((sum, value, i) => sum + (value - x) * (predicted[i]! - y), 0) / n;
  const spread = (squaredDeviations(truth) + squaredDeviations(predicted)) / n + (x - y) ** 2;
  return spread > 0 ? (2 * covariance) / spread : undefinedBecause("no-variance");
}

export interface IntraclassCorrelation extends Interval<"mcgraw-wong"> {
  readonly value: number;
  /** Of no correlation: F with its degrees of freedom. */
  readonly f: number;
  readonly freedom: readonly [number, number];
  readonly p: number;
}

/** P. Shrout and J. Fleiss, Psychological Bulletin 1979, of two "raters", truth and prediction. */
export interface IntraclassCorrelations {
  /** ICC(1,1): whatever differs within a person is error. */
  readonly oneWay: IntraclassCorrelation;
  /** ICC(2,1): absolute agreement, a constant difference being an error too. */
  readonly agreement: IntraclassCorrelation;
  /** ICC(3,1): consistency, a constant difference being none. */
  readonly consistency: IntraclassCorrelation;
}

/** Raters. */
const K = 2;

/**
 * Intervals by K. McGraw and S. Wong, Psychological Methods 1996. Undefined with fewer than two people, and where people do not differ
 * or their two values never do.
 */
export function intraclassCorrelations(
  { truth, predicted }: Predicted,
  level = USUAL_LEVEL,
): Figure<IntraclassCorrelations> {
  const n = truth.length;
  if (n < 2) return undefinedBecause(n === 0 ? "no-cases" : "too-few-cases");
  const people = truth.map((value, i) => (value + predicted[i]!) / 2);
  const raters = [mean(truth), mean(predicted)];
  const grand = mean(people);
  const all = [...truth, ...predicted].reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const between = K * squaredDeviations(people);
  const ofRaters = n * squaredDeviations(raters);
  const rows = between / (n - 1);
  const columns = ofRaters / (K - 1);
  const error = (all - between - ofRaters) / ((n - 1) * (K - 1));
  const within = (all - between) / (n * (K - 1));
  if (!(rows > 0) || !(error > 0)) return undefinedBecause("no-variance");
  return {
    oneWay: oneWay(rows, within, [n - 1, n * (K - 1)], level),
    consistency: oneWay(rows, error, [n - 1, (n - 1) * (K - 1)], level),
    agreement: absoluteAgreement({ rows, columns, error }, n, level),
  };
}

/** (F - 1) / (F + k - 1) of F = between / within, and of F at its limits. */
function oneWay(
  between: number,
  within: number,
  freedom: readonly [number, number],
  level: number,
): IntraclassCorrelation {
  const tail = (1 - level) / 2;
  const f = between / within;
  const coefficient = (ratio: number) => (ratio - 1) / (ratio + K - 1);
  return {
    value: coefficient(f),
    lower: coefficient(f / fQuantileAbove(tail, freedom[0], freedom[1])),
    upper: coefficient(f * fQuantileAbove(tail, freedom[1], freedom[0])),
    level,
    method: "mcgraw-wong",
    f,
    freedom,
    p: fAbove(f, freedom[0], freedom[1]),
  };
}

function absoluteAgreement(
  { rows, columns, error }: { readonly rows: number; readonly columns: number; readonly error: number },
  n: number,
  level: number,
): IntraclassCorrelation {
  const value = (rows - error) / (rows + (K - 1) * error + (K * (columns - error)) / n);
  const a = (K * value) / (n * (1 - value));
  const b = 1 + (K * value * (n - 1)) / (n * (1 - value));
  const v =
    (a * columns + b * error) ** 2 / ((a * columns) ** 2 / (K - 1) + (b * error) ** 2 / ((n - 1) * (K - 1)));
  const tail = (1 - level) / 2;
  const rest = K * columns + (K * n - K - n) * error;
  const below = fQuantileAbove(tail, n - 1, v);
  const above = fQuantileAbove(tail, v, n - 1);
  const freedom = [n - 1, (n - 1) * (K - 1)] as const;
  const f = rows / error;
  return {
    value,
    lower: (n * (rows - below * error)) / (below * rest + n * rows),
    upper: (n * (above * rows - error)) / (rest + n * above * rows),
    level,
    method: "mcgraw-wong",
    f,
    freedom,
    p: fAbove(f, freedom[0], freedom[1]),
  };
}
