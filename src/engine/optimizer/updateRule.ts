/** What tells one optimizer from another: its state and its formula. Everything else is in createOptimizer.ts. */

export interface UpdateRule {
  /** PyTorch's names of the arrays kept for each parameter, in the order of the store's moment slots. */
  readonly moments: readonly string[];
  /** PyTorch's names of the single numbers kept for each parameter, beside `step`, which all have. */
  readonly scalars: readonly string[];
  /** The values of `scalars` before the first step of a parameter. */
  initialScalars(learningRate: number): readonly number[];
  /** Begins a step of one parameter: moves its scalars on, and returns what updates a block of it. */
  begin(step: ParameterStep): (block: ParameterBlock) => void;
}

export interface ParameterStep {
  /** 1 in the first step of the parameter. */
  readonly step: number;
  /** In the order of the rule's `scalars`; float32 as in PyTorch. */
  readonly scalars: Float32Array;
  readonly learningRate: number;
  /** Multiplies the gradient. */
  readonly scale: number;
}

/** Some consecutive values of a parameter: all arrays have the same length, and the gradient may be overwritten. */
export interface ParameterBlock {
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  /** In the order of `moments`. */
  readonly moments: readonly Float32Array[];
}
