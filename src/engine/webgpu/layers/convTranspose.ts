import type { ConvTranspose } from "../../../network/layers/convTranspose";
import { outputShape } from "../../../network/shapes/shape";
import { type ConvolutionFormulas, recordConvolution } from "../kernels/convolution/convolution";
import { geometryOf } from "../kernels/convolution/geometry";
import { kernelsFor } from "../kernels/convolution/kernelsFor";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/**
 * torch.nn.ConvTranspose2d / 3d, the gradient by the input of a convolution that goes the other way, from `outChannels` to `inChannels`: so
 * its own gradient by the input is that convolution, and by the weight that convolution's, with the roles of input and gradient exchanged.
 */
export function convTranspose(context: LayerContext<ConvTranspose>): Step {
  const { layer, input, pass } = context;
  const { kernel, groups, inChannels, outChannels } = layer;
  const { tape } = pass;
  const shape = [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))];
  const geometry = geometryOf(layer, { shape }, input);
  const { convolve, convolveTransposed, weightGradient } = kernelsFor(geometry, pass.form);
  const formulas: ConvolutionFormulas = {
    weightShape: [inChannels, outChannels / groups, ...kernel],
    outputShape: shape,
    apply: (weight, bias, x) => convolveTransposed(tape, geometry, { y: input, weight, bias, x }),
    inputGradient: (dy, weight, y) => convolve(tape, geometry, { x: dy, weight, y }),
    weightGradient: (dy, into) => weightGradient(tape, geometry, { x: dy, dy: input, into }),
  };
  return recordConvolution(formulas, context);
}
