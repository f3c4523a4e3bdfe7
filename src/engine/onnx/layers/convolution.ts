import type { Conv, ConvTranspose } from "../../../network/layer";
import type { Compilation, Formulation, Step } from "../compilation";
import { reshape } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { channelSum } from "../graph/reduction";
import { conv } from "./conv";
import { convTranspose } from "./convTranspose";

/** What Conv and ConvTranspose differ in. */
export interface ConvolutionFormulas {
  readonly weightShape: Shape;
  /** Axis of the weight that counts output channels. */
  readonly weightOutputAxis: number;
  outputShape(input: Value): Shape;
  apply(input: Value, weight: Value, bias?: Value): Value;
  /** @param spatial size of the input */
  inputGradient(gradient: Value, weight: Value, spatial: Shape): Value;
  weightGradient(input: Value, gradient: Value): Value;
}

export function formulasOf(layer: Conv | ConvTranspose, formulation: Formulation): ConvolutionFormulas {
  return layer.kind === "Conv" ? conv(layer, formulation) : convTranspose(layer, formulation);
}

/** A convolution or transposed convolution: linear in the input and in the weight; db = sum of dy by channel. */
export function convolution(
  layer: Conv | ConvTranspose,
  path: string,
  input: Value,
  compilation: Compilation,
): Step {
  const formulas = formulasOf(layer, compilation.formulation);
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
