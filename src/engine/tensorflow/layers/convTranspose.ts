import type { ConvTranspose } from "../../../network/layer";
import { convolveTransposed, filterOf, isSamePadding } from "../convolution";
import type { LayerContext } from "../layerContext";
import { cropSpatial } from "../spatial";
import type { DeviceTensor } from "../tensorFlow";

/**
 * torch.nn.ConvTranspose2d / 3d: along each axis (size - 1) * stride + kernel + outputPadding voxels, of which `padding` are
 * dropped at either end.
 */
export function convTranspose(context: LayerContext<ConvTranspose>): DeviceTensor {
  const { layer, path, pass } = context;
  const { tf } = pass;
  const output = withoutBias(context);
  return layer.bias ? tf.add(output, pass.parameter(`${path}.bias`)) : output;
}

function withoutBias({ layer, path, input, pass }: LayerContext<ConvTranspose>): DeviceTensor {
  const { tf } = pass;
  const { kernel, stride, padding, outputPadding } = layer;
  const filter = filterOf(tf, pass.parameter(`${path}.weight`));
  const shapeWith = (spatial: readonly number[]) => [input.shape[0]!, ...spatial, layer.outChannels];
  if (isSamePadding(kernel, stride, padding)) {
    return convolveTransposed(tf, input, filter, shapeWith(input.shape.slice(1, -1)), stride, "same");
  }
  const whole = input.shape
    .slice(1, -1)
    .map((size, axis) => (size - 1) * stride[axis]! + kernel[axis]! + outputPadding[axis]!);
  const kept = whole.map((size, axis) => size - 2 * padding[axis]!);
  const output = convolveTransposed(tf, input, filter, shapeWith(whole), stride, "valid");
  return cropSpatial(tf, output, padding, shapeWith(kept));
}
