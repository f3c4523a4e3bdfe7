import type { ConvolutionFormulas } from "../convolutions/convolution";
import type { Value } from "../graph/graphBuilder";
import { maxPool, maxPoolWithIndices, maxUnpool, type PoolingOptions } from "../graph/windows";
import { type ChannelLayout, ONE_AXIS } from "../norms/statistics";

/** The convolution of a pooled block, how its output is laid out, and how maxima are taken from it and put back. */
export interface PooledLayout extends ChannelLayout {
  /** Of the output of the convolution. */
  readonly convolved: Value;
  /** Maxima of the windows of `values`, laid out as `convolved`, as [N, out, ...pooled]. */
  maxima(values: Value): Value;
  /** The same where it is needed where they stand, which takes longer. */
  pool(values: Value): PooledMaxima;
  /** Gradient by the weight that the convolution was given, from the gradient by its output. */
  weightGradient(gradient: Value): Value;
  inputGradient(gradient: Value): Value;
}

export interface PooledMaxima {
  readonly maxima: Value;
  /** Flat positions of the maxima in the output of the convolution as [N, out, ...spatial], whatever the layout. */
  indices(): Value;
  /** `gradient` of the maxima at their places in the output of the convolution, zeros elsewhere. */
  putBack(gradient: Value): Value;
}

/**
 * The output of the convolution as it is, [N, out, ...spatial].
 * @param weight what the convolution is given
 */
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
    maxima: (values) => maxPool(values, options),
    pool(values) {
      const { maxima, indices } = maxPoolWithIndices(values, options);
      return {
        maxima,
        indices: () => indices,
        putBack: (gradient) => maxUnpool(gradient, indices, convolved.shape, options),
      };
    },
    weightGradient: (gradient) => formulas.weightGradient(input, gradient),
    inputGradient: (gradient) => formulas.inputGradient(gradient, weight, input.shape.slice(2)),
  };
}
