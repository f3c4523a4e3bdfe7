import type { ConvTranspose } from "../../../network/layer";
import { outputShape } from "../../../network/shape";
import type { Formulation } from "../compilation";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { add } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import { bothEnds, convolve } from "../graph/windows";
import type { ConvolutionFormulas } from "./convolution";

/**
 * torch.nn.ConvTranspose2d / 3d, the gradient by the input of a convolution that goes the other way, from `outChannels` to
 * `inChannels`: so its own gradient by the input is that convolution, and by the weight that convolution's, with the roles
 * of input and gradient exchanged.
 */
export function convTranspose(layer: ConvTranspose, formulation: Formulation): ConvolutionFormulas {
  const { kernel, stride, padding, inChannels, outChannels } = layer;
  return {
    weightShape: [inChannels, outChannels, ...kernel],
    weightOutputAxis: 1,
    outputShape: (input) => [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))],
    apply(input, weight, bias) {
      const [, ...spatial] = outputShape(layer, input.shape.slice(1));
      const product = transposedConvolution(input, weight, layer, spatial, formulation);
      return bias === undefined
        ? product
        : add(product, reshape(bias, [1, outChannels, ...kernel.map(() => 1)]));
    },
    inputGradient: (gradient, weight) => convolve(gradient, weight, { stride, pads: bothEnds(padding) }),
    weightGradient: (input, gradient) => convolutionWeightGradient(gradient, input, layer, formulation),
  };
}
