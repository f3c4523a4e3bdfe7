import type { Conv } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import { convolutionInputGradient } from "../convolutions/inputGradient";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { channelSum } from "../graph/reduction";
import { bothEnds, convolve } from "../graph/windows";

/** torch.nn.Conv2d / Conv3d. The gradients by input and weight are convolutions themselves; db = sum of dy by channel. */
export function conv(layer: Conv, path: string, input: Value, compilation: Compilation): Step {
  const weight = compilation.parameter(`${path}.weight`, [
    layer.outChannels,
    layer.inChannels,
    ...layer.kernel,
  ]);
  const bias = layer.bias ? compilation.parameter(`${path}.bias`, [layer.outChannels]) : undefined;
  return {
    output: convolve(input, weight, { stride: layer.stride, pads: bothEnds(layer.padding), bias }),
    backward(gradient) {
      compilation.addGradient(`${path}.weight`, () => convolutionWeightGradient(input, gradient, layer));
      if (layer.bias) {
        compilation.addGradient(`${path}.bias`, () => reshape(channelSum(gradient), [layer.outChannels]));
      }
      return () => convolutionInputGradient(gradient, weight, layer, input.shape.slice(2));
    },
  };
}
