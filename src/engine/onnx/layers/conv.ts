import type { Conv } from "../../../network/layer";
import { outputShape } from "../../../network/shape";
import type { Formulation } from "../compilation";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { bothEnds, convolve } from "../graph/windows";
import type { ConvolutionFormulas } from "./convolution";

/**
 * torch.nn.Conv2d / Conv3d: y[n, o, q] = sum over i, t of w[o, i, t] * x[n, i, q * stride + t - padding]. The gradient by the
 * input is the transposed convolution with the same weight.
 */
export function conv(layer: Conv, formulation: Formulation): ConvolutionFormulas {
  const { kernel, stride, padding, inChannels, outChannels } = layer;
  return {
    weightShape: [outChannels, inChannels, ...kernel],
    weightOutputAxis: 0,
    outputShape: (input) => [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))],
    apply: (input, weight, bias) => convolve(input, weight, { stride, pads: bothEnds(padding), bias }),
    inputGradient: (gradient, weight, spatial) =>
      transposedConvolution(gradient, weight, layer, spatial, formulation),
    weightGradient: (input, gradient) => convolutionWeightGradient(input, gradient, layer, formulation),
  };
}
