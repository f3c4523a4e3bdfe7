/** The norm of gradients that may stand as factors. */
import { normOf, powerSum } from "../../optimizer/clipping";
import { gradientBlocks } from "./gradientBlocks";
import type { Kernels } from "./kernels";
import type { Gradient } from "./optimizer";
import type { ParameterStore } from "./parameterStore";

/** The norm of order `type` of all `gradients` together. The scratch of `store` is overwritten. */
export function gradientNorm(
  gradients: ReadonlyMap<string, Gradient>,
  type: number,
  store: ParameterStore,
  kernels: Kernels,
): number {
  const powerSums = [...gradients].map(([name, gradient]) => {
    if (gradient.kind === "factors" && type === 2) return squaredNormOfProduct(gradient);
    const { shape } = store.specs.get(name)!;
    const sums: number[] = [];
    for (const block of gradientBlocks(gradient, shape, store.scratch, kernels))
      sums.push(powerSum(block.gradient, type));
    return normOf(sums, type === Number.POSITIVE_INFINITY ? type : 1);
  });
  return normOf(powerSums, type);
}

/**
 * The sum of the squares of left^T right, without making it: the sum over pairs of samples n and m of
 * (left[n] . left[m]) (right[n] . right[m]).
 */
function squaredNormOfProduct({ count, left, right }: Extract<Gradient, { kind: "factors" }>): number {
  const product = (factor: Float32Array, n: number, m: number): number => {
    const length = factor.length / count;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += factor[n * length + i]! * factor[m * length + i]!;
    return sum;
  };
  let total = 0;
  for (let n = 0; n < count; n++) {
    total += product(left, n, n) * product(right, n, n);
    for (let m = 0; m < n; m++) total += 2 * product(left, n, m) * product(right, n, m);
  }
  // What cancels leaves a rounding error, which may be negative.
  return Math.max(0, total);
}
