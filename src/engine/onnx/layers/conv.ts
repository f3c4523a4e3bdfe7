import type { Conv } from "../../../network/layers/conv";
import { outputShape } from "../../../network/shapes/shape";
import type { Formulation, Step } from "../compilation";
import { type ConvolutionFormulas, convolution } from "../convolutions/convolution";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { mul } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import { bothEnds, convolve } from "../graph/windows";
import type { LayerContext } from "../layerContext";

export const conv = (context: LayerContext<Conv>): Step =>
  convolution(convFormulas(context.layer, context.compilation.formulation), context);

/**
 * torch.nn.Conv2d / Conv3d: y[n, o, q] = sum over i, t of w[o, i, t] * x[n, i, q * stride + t * dilation - padding], where the
 * i-th is that of the input channels that the group of o sees. The gradient by the input is the transposed convolution with
 * the same weight.
 */
export function convFormulas(layer: Conv, formulation: Formulation): ConvolutionFormulas {
  const { kernel, stride, padding, dilation, groups, inChannels, outChannels } = layer;
  return {
    weightShape: [outChannels, inChannels / groups, ...kernel],
    outputShape: (input) => [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))],
    apply: (input, weight, bias) =>
      convolve(input, weight, { stride, pads: bothEnds(padding), dilation, groups, bias }),
    inputGradient: (gradient, weight, spatial) =>
      transposedConvolution(gradient, weight, layer, spatial, formulation),
    weightGradient: (input, gradient) => convolutionWeightGradient(input, gradient, layer, formulation),
    scaledByOutput: (weight, factors) =>
      mul(weight, reshape(factors, [outChannels, 1, ...kernel.map(() => 1)])),
  };
}
