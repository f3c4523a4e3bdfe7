import type { ConvTranspose } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import { convolutionInputGradient } from "../convolutions/inputGradient";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { add } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { channelSum } from "../graph/reduction";
import { bothEnds, convolve } from "../graph/windows";

/**
 * torch.nn.ConvTranspose2d / 3d: the gradient by the input of a convolution that goes the other way, from `outChannels` to
 * `inChannels`. So its own gradients are that convolution, and the weight gradient of that convolution.
 */
export function convTranspose(
  layer: ConvTranspose,
  path: string,
  input: Value,
  compilation: Compilation,
): Step {
  const shape = [layer.inChannels, layer.outChannels, ...layer.kernel];
  const weight = compilation.parameter(`${path}.weight`, shape);
  const spatial = outputSpatial(layer, input.shape.slice(2));
  const product = convolutionInputGradient(input, weight, layer, spatial);
  return {
    output: layer.bias ? add(product, channelBias(layer, path, compilation)) : product,
    backward(gradient) {
      compilation.addGradient(`${path}.weight`, () => convolutionWeightGradient(gradient, input, layer));
      if (layer.bias) {
        compilation.addGradient(`${path}.bias`, () => reshape(channelSum(gradient), [layer.outChannels]));
      }
      return () => convolve(gradient, weight, { stride: layer.stride, pads: bothEnds(layer.padding) });
    },
  };
}

/** (size - 1) * stride - 2 * padding + kernel + outputPadding along each axis. */
function outputSpatial(layer: ConvTranspose, spatial: readonly number[]): number[] {
  return spatial.map(
    (size, axis) =>
      (size - 1) * layer.stride[axis]! -
      2 * layer.padding[axis]! +
      layer.kernel[axis]! +
      layer.outputPadding[axis]!,
  );
}

function channelBias(
  { outChannels, dimensions }: ConvTranspose,
  path: string,
  compilation: Compilation,
): Value {
  const bias = compilation.parameter(`${path}.bias`, [outChannels]);
  return reshape(bias, [1, outChannels, ...Array.from({ length: dimensions }, () => 1)]);
}
