/** The two moving averages of the optimizers, each operation rounded to float32, in PyTorch's order. */

const { fround } = Math;

/** average + (value - average) * complement: a moving average as PyTorch's lerp. */
export function lerp(average: number, value: number, complement: number): number {
  return fround(average + fround(fround(value - average) * complement));
}

/** average * beta + (value * complement) * value: a moving average of squares. */
export function averageOfSquares(average: number, beta: number, value: number, complement: number): number {
  return fround(fround(average * beta) + fround(fround(value * complement) * value));
}
