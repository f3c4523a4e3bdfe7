import type { Value } from "../graph/graphBuilder";
import { maxPoolWithIndices, maxUnpool, type PoolingOptions } from "../graph/windows";
import { type ChannelLayout, ONE_AXIS } from "../layers/batchNorm";
import type { ConvolutionFormulas } from "../layers/convolution";

/** The convolution of a pooled block, how its output is laid out, and how maxima are taken from it and put back. */
export interface PooledLayout extends ChannelLayout {
  /** Of the output of the convolution. */
  readonly convolved: Value;
  /** Maxima of the windows of `centered`, as [N, out, ...pooled]. */
  pool(centered: Value): PooledMaxima;
  /** Gradient by the weight that the convolution was given, from the gradient by its output. */
  weightGradient(gradient: Value): Value;
  inputGradient(gradient: Value): Value;
}

export interface PooledMaxima {
  readonly maxima: Value;
  /** Flat positions of the maxima in the output of the convolution, where the layout has them. */
  readonly indices?: Value;
  /** `gradient` of the maxima at their places in the output of the convolution, zeros elsewhere. */
  putBack(gradient: Value): Value;
}

/** The output of the convolution as it is, [N, out, ...spatial]. */
export function wholeLayout(
  formulas: ConvolutionFormulas,
  input: Value,
  weight: Value,
  options: PoolingOptions,
): PooledLayout {
  const convolved = formulas.apply(input, weight);
  return {
    ...ONE_AXIS,
    convolved,
    pool(centered) {
      const { maxima, indices } = maxPoolWithIndices(centered, options);
      return {
        maxima,
        indices,
        putBack: (gradient) => maxUnpool(gradient, indices, convolved.shape, options),
      };
    },
    weightGradient: (gradient) => formulas.weightGradient(input, gradient),
    inputGradient: (gradient) => formulas.inputGradient(gradient, weight, input.shape.slice(2)),
  };
}
