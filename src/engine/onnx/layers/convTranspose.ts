import type { ConvTranspose } from "../../../network/layers/convTranspose";
import { outputShape } from "../../../network/shapes/shape";
import type { Formulation, Step } from "../compilation";
import { type ConvolutionFormulas, convolution } from "../convolutions/convolution";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { add, mul } from "../graph/arithmetic";
import { reshape, slice } from "../graph/arrangement";
import { bothEnds, convolve } from "../graph/windows";
import type { LayerContext } from "../layerContext";

export const convTranspose = (context: LayerContext<ConvTranspose>): Step =>
  convolution(convTransposeFormulas(context.layer, context.compilation.formulation), context);

/**
 * torch.nn.ConvTranspose2d / 3d, the gradient by the input of a convolution that goes the other way, from `outChannels` to
 * `inChannels`: so its own gradient by the input is that convolution, and by the weight that convolution's, with the roles
 * of input and gradient exchanged.
 */
export function convTransposeFormulas(layer: ConvTranspose, formulation: Formulation): ConvolutionFormulas {
  const { kernel, stride, padding, dilation, groups, inChannels, outChannels } = layer;
  const ones = kernel.map(() => 1);
  return {
    weightShape: [inChannels, outChannels / groups, ...kernel],
    outputShape: (input) => [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))],
    apply(input, weight, bias) {
      const [, ...spatial] = outputShape(layer, input.shape.slice(1));
      const product = transposedConvolution(input, weight, layer, spatial, formulation);
      return bias === undefined ? product : add(product, reshape(bias, [1, outChannels, ...ones]));
    },
    inputGradient(gradient, weight, spatial) {
      const windows = convolve(gradient, weight, { stride, pads: bothEnds(padding), dilation, groups });
      // Where the output padding is as large as a step, it makes room for windows that belong to no input.
      return slice(
        windows,
        spatial.map((size, axis) => ({ axis: axis + 2, start: 0, end: size })),
      );
    },
    weightGradient: (input, gradient) => convolutionWeightGradient(gradient, input, layer, formulation),
    scaledByOutput(weight, factors) {
      if (groups === 1) return mul(weight, reshape(factors, [1, outChannels, ...ones]));
      const byGroup = reshape(weight, [groups, inChannels / groups, outChannels / groups, ...kernel]);
      const scaled = mul(byGroup, reshape(factors, [groups, 1, outChannels / groups, ...ones]));
      return reshape(scaled, weight.shape);
    },
  };
}
