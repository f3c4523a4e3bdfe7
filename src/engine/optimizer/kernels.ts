/**
 * The inner loops of the optimizers, on views of the memory of a parameter store: as WebAssembly with SIMD (simd/), or as plain
 * loops where the processor has none. Both give the same bits.
 */
import type { BegunStep, UpdateRule } from "../../optimizer/definition";

export interface Kernels {
  readonly kind: "simd" | "plain";
  /**
   * The formula of `rule` in a step, for gradients that are prepared so. It may also write what follows an array up to the
   * next multiple of four floats from its beginning.
   */
  update(rule: UpdateRule, preparation: GradientPreparation, step: BegunStep): BlockUpdate;
  /**
   * Makes zero of what is smaller than a normal float32 (2^-126); may do so too with what follows the array up to the next
   * multiple of four floats from its beginning.
   */
  flushSubnormals(array: Float32Array): void;
  /**
   * block[i, j] = sum over n of left[n, i] * right[n, j], added to what `block` holds if `accumulate`.
   * block [rows, columns]; right [count, columns]; left [count, rows] with its rows `leftStride` floats apart.
   */
  sumOuterProducts(
    block: Float32Array,
    left: Float32Array,
    right: Float32Array,
    size: OuterProductsSize,
    accumulate: boolean,
  ): void;
}

/** See `preparedGradient` of optimizer/arithmetic.ts. */
export interface GradientPreparation {
  readonly scale: number;
  readonly decay: number;
  /** No clipping by value without. */
  readonly limit?: number | undefined;
}

/**
 * Updates some consecutive values of a parameter in place: `moments` in the order of the rule, all arrays of one length.
 * `gradient` may be overwritten.
 */
export type BlockUpdate = (
  weights: Float32Array,
  gradient: Float32Array,
  ...moments: readonly Float32Array[]
) => void;

export interface OuterProductsSize {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly leftStride: number;
}
