/**
 * Optimizers on the CPU, with PyTorch's formulas and state names. Parameters live in one block of memory for the whole run
 * (parameterStore.ts), so that a step writes them in place and an engine reads them without a copy.
 */
import type { OptimizerState } from "../engine";

/**
 * A gradient summed over the accumulated batches. A large Linear keeps its factors instead of the product:
 * gradient[i, j] = sum over k of left[k, i] * right[k, j], with left [count, rows] (gradient of the outputs) and
 * right [count, columns] (inputs); the product of 42 million numbers is then never written.
 */
export type Gradient =
  | { readonly kind: "dense"; readonly data: Float32Array }
  | {
      readonly kind: "factors";
      readonly count: number;
      readonly left: Float32Array;
      readonly right: Float32Array;
    };

export interface StepOptions {
  /** Every gradient is multiplied by it. */
  readonly scale: number;
  /** No value of a scaled gradient is larger than this, or smaller than its negative. Default: no limit. */
  readonly limit?: number;
  /** Learning rate of a parameter. */
  readonly rateOf: (parameter: string) => number;
}

export interface Optimizer {
  /** One step. Parameters without a gradient are left alone. */
  step(gradients: ReadonlyMap<string, Gradient>, options: StepOptions): void;
  /** The norm of order `type` of all gradients together. */
  norm(gradients: ReadonlyMap<string, Gradient>, type: number): number;
  state(): OptimizerState;
  load(state: OptimizerState): void;
}
