/** What tells one optimizer from another: its state and its formula. Everything else is in storeOptimizer.ts. */

export interface UpdateRule {
  /** The function of kernels/ that computes what `plain` does. */
  readonly kernel: string;
  /** PyTorch's names of the arrays kept for each parameter, in the order of the store's moment slots. */
  readonly moments: readonly string[];
  /** The numbers kept for each parameter beside `step`, by PyTorch's names, as they are before its first step. */
  initialScalars(learningRate: number): Readonly<Record<string, number>>;
  /** Begins a step of one parameter: moves its scalars on, and returns the constants that the formula takes. */
  begin(step: ParameterStep): readonly number[];
  /**
   * The formula as a loop, for the `constants` of a step in float32. Every operation is rounded to float32 and stands in
   * PyTorch's order, as in the kernel: both give the same bits.
   */
  plain(...constants: readonly number[]): BlockUpdate;
}

export interface ParameterStep {
  /** 1 in the first step of the parameter. */
  readonly step: number;
  /** In the order of `initialScalars`; float32, as PyTorch keeps them. */
  readonly scalars: Float32Array;
  readonly learningRate: number;
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
