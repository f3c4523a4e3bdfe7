/**
 * Functions of exp that stay finite for every finite number, and exact where differences of nearly equal numbers would not be: what
 * WGSL itself has may overflow (tanh) or lacks them (expm1, erf).
 */

/** `logistic(x)` = 1 / (1 + exp(-x)). Beyond 120 the exponential is 0 in float32, even as a subnormal number. */
export const LOGISTIC = `
fn logistic(x: f32) -> f32 {
  let small = exp(-min(abs(x), 120.0));
  return select(1.0, small, x < 0.0) / (1.0 + small);
}`;

/**
 * `hyperbolic_tangent(x)`: below 0.625 by Lambert's continued fraction x / (1 + x^2 / (3 + x^2 / (5 + ...))), which is exact to
 * 1e-9 after five steps there; above it by (1 - exp(-2 |x|)) / (1 + exp(-2 |x|)).
 */
export const HYPERBOLIC_TANGENT = `
fn hyperbolic_tangent(x: f32) -> f32 {
  let size = abs(x);
  if (size < 0.625) {
    let square = x * x;
    return x / (1.0 + square / (3.0 + square / (5.0 + square / (7.0 + square / 9.0))));
  }
  let small = exp(-2.0 * min(size, 60.0));
  return select(1.0, -1.0, x < 0.0) * (1.0 - small) / (1.0 + small);
}`;

/**
 * `exponential_less_1(x)` = exp(x) - 1 for x up to 0: near 0 as 2 tanh(x / 2) / (1 - tanh(x / 2)). Needs HYPERBOLIC_TANGENT.
 */
export const EXPONENTIAL_LESS_1 = `
fn exponential_less_1(x: f32) -> f32 {
  if (x > -1.25) {
    let half = hyperbolic_tangent(0.5 * x);
    return 2.0 * half / (1.0 - half);
  }
  return exp(max(x, -120.0)) - 1.0;
}`;

/**
 * `normal_distribution(x)` = (1 + erf(x / sqrt 2)) / 2 and `normal_density(x)` = exp(-x^2 / 2) / sqrt(2 pi) of the standard normal.
 *
 * The upper tail is exp(-t^2 / 2) times a polynomial in k = 1 / (1 + 0.34 t), which is the form of Abramowitz and Stegun's 26.2.17; the
 * nine coefficients are a minimax fit of relative error over 0 <= t <= 14 (scipy.special.erfcx, iteratively reweighted least squares):
 * 3e-8 in exact arithmetic, 3e-7 of the tail in float32. Beyond 14 the tail is below 1e-44.
 */
export const NORMAL = `
fn normal_distribution(x: f32) -> f32 {
  let t = min(abs(x), 15.0);
  let k = 1.0 / (1.0 + 0.34 * t);
  var sum = -0.026120707;
  sum = sum * k + 0.139500514;
  sum = sum * k - 0.273134619;
  sum = sum * k + 0.202184558;
  sum = sum * k - 0.0447195806;
  sum = sum * k + 0.115359575;
  sum = sum * k + 0.115197569;
  sum = sum * k + 0.136112213;
  sum = sum * k + 0.135620505;
  let tail = exp(-0.5 * t * t) * k * sum;
  return select(1.0 - tail, tail, x < 0.0);
}
fn normal_density(x: f32) -> f32 {
  let t = min(abs(x), 15.0);
  return 0.3989422804 * exp(-0.5 * t * t);
}`;
