/** Clipping of gradients, as torch.nn.utils.clip_grad_norm_ and clip_grad_value_ do it. */

export type GradientClipping =
  /** All gradients together get a norm of at most this: that of order `type` (2, the Euclidean one, without; or Infinity). */
  | { readonly norm: number; readonly type?: number }
  /** No value of a gradient is larger than this, or smaller than its negative. */
  | { readonly value: number };

/** What the norm of order `type` is made of: the sum of |value|^type, or the largest |value| where `type` is Infinity. */
export function powerSum(values: ArrayLike<number>, type: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (type === Number.POSITIVE_INFINITY) sum = Math.max(sum, size);
    else sum += type === 2 ? size * size : size ** type;
  }
  return sum;
}

/** The norm of several arrays together, from the power sum of each. */
export function normOf(powerSums: readonly number[], type: number): number {
  if (type === Number.POSITIVE_INFINITY) return Math.max(0, ...powerSums);
  return powerSums.reduce((sum, one) => sum + one, 0) ** (1 / type);
}

/** What all gradients are multiplied by, when their norm is `total` and must be at most `norm`. */
export function clippingFactor(norm: number, total: number): number {
  return Math.min(1, norm / (total + 1e-6));
}
