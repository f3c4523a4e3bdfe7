/** What p-values are read from: the gamma function and its kin, and the distributions that they give. */

/** Logarithm of the gamma function: Lanczos' approximation with g = 7, nine terms (Godfrey's coefficients), good to 1e-15. */
export function logGamma(x: number): number {
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
export function incompleteBeta(a: number, b: number, x: number): number {
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
export function incompleteGamma(s: number, x: number): number {
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

/** Probability that a value of Student's t distribution lies as far from 0 as `t`, on either side. */
export const studentTwoSided = (t: number, freedom: number) =>
  incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));

/** Probability that a value of the chi-squared distribution is as large as `statistic`; 1 without freedom. Good to 1e-15. */
export const chiSquaredAbove = (statistic: number, freedom: number) =>
  freedom > 0 ? 1 - incompleteGamma(freedom / 2, statistic / 2) : 1;

/** Logarithm of the number of ways to choose `some` of `all`. */
export const logChoose = (all: number, some: number) =>
  logGamma(all + 1) - logGamma(some + 1) - logGamma(all - some + 1);
