/** What the updates share. An update works on whole vectors of four floats: see kernels.ts on what follows an array. */

/** Bytes of the vectors that hold `count` floats. */
// @ts-ignore: decorator
@inline
export function vectorBytes(count: u32): usize {
  return (((count as usize) + 3) & ~3) << 2;
}

/** gradient * scale + weights * weightDecay: L2, which every update begins with. */
// @ts-ignore: decorator
@inline
export function regularized(gradient: v128, scale: v128, weights: v128, weightDecay: v128): v128 {
  return f32x4.add(f32x4.mul(gradient, scale), f32x4.mul(weights, weightDecay));
}

/** average + (value - average) * complement: a moving average as PyTorch's lerp. */
// @ts-ignore: decorator
@inline
export function lerp(average: v128, value: v128, complement: v128): v128 {
  return f32x4.add(average, f32x4.mul(f32x4.sub(value, average), complement));
}

/** average * beta + (value * complement) * value: a moving average of squares. */
// @ts-ignore: decorator
@inline
export function averageOfSquares(average: v128, beta: v128, value: v128, complement: v128): v128 {
  return f32x4.add(f32x4.mul(average, beta), f32x4.mul(f32x4.mul(value, complement), value));
}

/** weights - (direction * rate) / denominator */
// @ts-ignore: decorator
@inline
export function descend(weights: v128, direction: v128, rate: v128, denominator: v128): v128 {
  return f32x4.sub(weights, f32x4.div(f32x4.mul(direction, rate), denominator));
}
