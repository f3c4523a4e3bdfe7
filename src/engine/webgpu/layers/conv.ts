import type { Conv } from "../../../network/layers/conv";
import { outputShape } from "../../../network/shapes/shape";
import { type ConvolutionFormulas, recordConvolution } from "../kernels/convolution/convolution";
import { geometryOf } from "../kernels/convolution/geometry";
import { kernelsFor } from "../kernels/convolution/kernelsFor";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** torch.nn.Conv2d / Conv3d. The gradient by the input is the transposed convolution with the same weight. */
export function conv(context: LayerContext<Conv>): Step {
  const { layer, input, pass } = context;
  const { kernel, groups, inChannels, outChannels } = layer;
  const { tape } = pass;
  const shape = [input.shape[0]!, ...outputShape(layer, input.shape.slice(1))];
  const geometry = geometryOf(layer, input, { shape });
  const { convolve, convolveTransposed, weightGradient } = kernelsFor(geometry, pass.form);
  const formulas: ConvolutionFormulas = {
    weightShape: [outChannels, inChannels / groups, ...kernel],
    outputShape: shape,
    apply: (weight, bias, y) => convolve(tape, geometry, { x: input, weight, bias, y }),
    inputGradient: (dy, weight, x) => convolveTransposed(tape, geometry, { y: dy, weight, x }),
    weightGradient: (dy, into) => weightGradient(tape, geometry, { x: input, dy, into }),
  };
  return recordConvolution(formulas, context);
}
