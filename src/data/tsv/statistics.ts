/** The two tests with which a split is accepted. */

/**
 * p-value of the two-sided t-test of Student (equal variances; W. S. Gosset, 1908), as `scipy.stats.ttest_ind`; 1 when all values
 * are equal. NaN are left out.
 */
export function tTest(first: readonly number[], second: readonly number[]): number {
  const a = first.filter((value) => !Number.isNaN(value));
  const b = second.filter((value) => !Number.isNaN(value));
  if (new Set([...a, ...b]).size < 2) return 1;
  const freedom = a.length + b.length - 2;
  const squares = squaredDeviations(a) + squaredDeviations(b);
  const error = Math.sqrt((squares / freedom) * (1 / a.length + 1 / b.length));
  const t = (mean(a) - mean(b)) / error;
  return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

/**
 * How alike the shares of two groups are, as ClinicaDL measures it: chi-square on proportions, the sum of
 * (second - first)^2 / first over the values, with one degree of freedom less than there are values (one at least).
 */
export function proportionTest(first: readonly string[], second: readonly string[]): number {
  const values = [...new Set([...first, ...second])];
  const share = (group: readonly string[], value: string) =>
    group.filter((one) => one === value).length / group.length;
  const statistic = values.reduce(
    (sum, value) => sum + (share(second, value) - share(first, value)) ** 2 / share(first, value),
    0,
  );
  return 1 - incompleteGamma(Math.max(1, values.length - 1) / 2, statistic / 2);
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function squaredDeviations(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Population standard deviation. */
export const deviation = (values: readonly number[]) => Math.sqrt(squaredDeviations(values) / values.length);

/** Logarithm of the gamma function: Lanczos' approximation with g = 7, nine terms (Godfrey's coefficients), good to 1e-15. */
function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const series = coefficients.reduce(
    (sum, coefficient, i) => sum + coefficient / (x + i),
    0.9999999999998099,
  );
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** Regularised incomplete beta function I_x(a, b): continued fraction (Abramowitz and Stegun, 26.5.8). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  let fraction = 1;
  for (let m = 200; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    fraction = 1 + even / (1 + odd / fraction);
  }
  const first = (-(a + b) * x) / (a + 1);
  return front / (a * (1 + first / fraction));
}

/** Regularised lower incomplete gamma function P(s, x): its power series (Abramowitz and Stegun, 6.5.29). */
function incompleteGamma(s: number, x: number): number {
  if (x <= 0) return 0;
  // Beyond, P differs from 1 by less than a float64 can say.
  if (x > s + 700) return 1;
  let term = 1 / s;
  let sum = term;
  for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
    term *= x / (s + n);
    sum += term;
  }
  return sum * Math.exp(s * Math.log(x) - x - logGamma(s));
}
