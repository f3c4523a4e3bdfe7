import type { Conv } from "../../../network/layers/conv";
import type { ConvTranspose } from "../../../network/layers/convTranspose";
import type { Step } from "../compilation";
import { reshape } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { channelSum } from "../graph/reduction";
import type { LayerContext } from "../layerContext";

/** What Conv and ConvTranspose differ in. */
export interface ConvolutionFormulas {
  readonly weightShape: Shape;
  outputShape(input: Value): Shape;
  apply(input: Value, weight: Value, bias?: Value): Value;
  /** @param spatial size of the input */
  inputGradient(gradient: Value, weight: Value, spatial: Shape): Value;
  weightGradient(input: Value, gradient: Value): Value;
  /** `weight` with each output channel multiplied by its element of `factors` [out]. */
  scaledByOutput(weight: Value, factors: Value): Value;
}

/** A convolution or transposed convolution: linear in the input and in the weight; db = sum of dy by channel. */
export function convolution(
  formulas: ConvolutionFormulas,
  { layer, path, input, compilation }: Omit<LayerContext<Conv | ConvTranspose>, "compileSequence">,
): Step {
  const weight = compilation.parameter(`${path}.weight`, formulas.weightShape);
  const bias = layer.bias ? compilation.parameter(`${path}.bias`, [layer.outChannels]) : undefined;
  return {
    output: formulas.apply(input, weight, bias),
    backward(gradient) {
      compilation.addGradient(`${path}.weight`, () => formulas.weightGradient(input, gradient));
      if (layer.bias) {
        compilation.addGradient(`${path}.bias`, () => reshape(channelSum(gradient), [layer.outChannels]));
      }
      return () => formulas.inputGradient(gradient, weight, input.shape.slice(2));
    },
  };
}
