import type { ConvTranspose } from "../../../network/layer";
import type { Formulation } from "../compilation";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { add } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Shape } from "../graph/graphBuilder";
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
    apply(input, weight, bias) {
      const spatial = outputSpatial(layer, input.shape.slice(2));
      const product = transposedConvolution(input, weight, layer, spatial, formulation);
      return bias === undefined
        ? product
        : add(product, reshape(bias, [1, outChannels, ...kernel.map(() => 1)]));
    },
    inputGradient: (gradient, weight) => convolve(gradient, weight, { stride, pads: bothEnds(padding) }),
    weightGradient: (input, gradient) => convolutionWeightGradient(gradient, input, layer, formulation),
  };
}

/** (size - 1) * stride - 2 * padding + kernel + outputPadding along each axis. */
function outputSpatial({ kernel, stride, padding, outputPadding }: ConvTranspose, spatial: Shape): Shape {
  return spatial.map(
    (size, axis) => (size - 1) * stride[axis]! - 2 * padding[axis]! + kernel[axis]! + outputPadding[axis]!,
  );
}
