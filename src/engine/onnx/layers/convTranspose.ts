import type { ConvTranspose } from "../../../network/layer";
import { outputShape } from "../../../network/shape";
import type { Formulation, Step } from "../compilation";
import { type ConvolutionFormulas, convolution } from "../convolutions/convolution";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { add, mul } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
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
  const { kernel, stride, padding, inChannels, outChannels } = layer;
  const ofOutput = (values: Value) => reshape(values, [1, outChannels, ...kernel.map(() => 1)]);
  return {
    weightShape: [inChannels, outChannels, ...kernel],
    outputShape: (input) => [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))],
    apply(input, weight, bias) {
      const [, ...spatial] = outputShape(layer, input.shape.slice(1));
      const product = transposedConvolution(input, weight, layer, spatial, formulation);
      return bias === undefined ? product : add(product, ofOutput(bias));
    },
    inputGradient: (gradient, weight) => convolve(gradient, weight, { stride, pads: bothEnds(padding) }),
    weightGradient: (input, gradient) => convolutionWeightGradient(gradient, input, layer, formulation),
    scaledByOutput: (weight, factors) => mul(weight, ofOutput(factors)),
  };
}
