/**
 * The operations that the formulas of the optimizers are written in, and what several formulas build of them. What a value is
 * belongs to whoever computes: a vector of a WebAssembly loop, a block of floats, a tensor on a device, a number of a test.
 */
export interface Arithmetic<T> {
  constant(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  /** Not a number where one of both is none. */
  max(a: T, b: T): T;
  /** Not a number where one of both is none. */
  min(a: T, b: T): T;
  abs(a: T): T;
  sqrt(a: T): T;
}

/** average * beta + value * (1 - beta), in the order of operations of PyTorch's `lerp`. */
export function movingAverage<T>(o: Arithmetic<T>, average: T, beta: number, value: T): T {
  const complement = 1 - beta;
  const difference = o.sub(value, average);
  return complement < 0.5
    ? o.add(average, o.mul(difference, o.constant(complement)))
    : o.sub(value, o.mul(difference, o.constant(1 - complement)));
}

/** average * beta + (value * (1 - beta)) * value: PyTorch's `mul_` and `addcmul_`. */
export function averageOfSquares<T>(o: Arithmetic<T>, average: T, beta: number, value: T): T {
  const weighted = o.mul(o.mul(value, o.constant(1 - beta)), value);
  return o.add(o.mul(average, o.constant(beta)), weighted);
}

/** weights - (direction * rate) / denominator: PyTorch's `addcdiv_`. */
export function descend<T>(o: Arithmetic<T>, weights: T, direction: T, rate: T, denominator: T): T {
  return o.sub(weights, o.div(o.mul(direction, rate), denominator));
}

/** What becomes of a gradient before an optimizer sees it. */
export interface Preparation<T> {
  /** Multiplies the gradient. */
  readonly scale?: T;
  /** No value of the scaled gradient is larger than this, or smaller than its negative. */
  readonly limit?: T;
  /** L2 penalty: this share of the weights is added. */
  readonly decay?: T;
}

/** The gradient as the formula takes it. What is not given is left out. */
export function preparedGradient<T>(
  o: Arithmetic<T>,
  gradient: T,
  weights: T,
  { scale, limit, decay }: Preparation<T>,
): T {
  const scaled = scale === undefined ? gradient : o.mul(gradient, scale);
  const clipped = limit === undefined ? scaled : o.max(o.min(scaled, limit), o.sub(o.constant(0), limit));
  return decay === undefined ? clipped : o.add(clipped, o.mul(weights, decay));
}
