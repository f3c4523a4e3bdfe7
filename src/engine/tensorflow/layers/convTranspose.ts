import type { ConvTranspose } from "../../../network/layers/convTranspose";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { byGroups, convolveTransposed, extentOf, filterOf, isSamePadding } from "../operations/convolution";
import { cropSpatial, padSpatial } from "../operations/spatial";

/**
 * torch.nn.ConvTranspose2d / 3d: along each axis (size - 1) * stride + dilation * (kernel - 1) + 1 + outputPadding voxels, of
 * which `padding` are dropped at either end.
 */
export function convTranspose(context: LayerContext<ConvTranspose>): DeviceTensor {
  const { layer, path, input, pass } = context;
  const { tf } = pass;
  const filter = filterOf(tf, pass.parameter(`${path}.weight`), layer.dilation);
  const output = byGroups(tf, input, filter, layer.groups, (map, ofGroup) =>
    withoutBias({ ...context, input: map }, ofGroup),
  );
  return layer.bias ? tf.add(output, pass.parameter(`${path}.bias`)) : output;
}

/** @param filter [...kernel, channels of the output, channels of the input] */
function withoutBias(
  { layer, input, pass }: LayerContext<ConvTranspose>,
  filter: DeviceTensor,
): DeviceTensor {
  const { tf } = pass;
  const { kernel, stride, padding, outputPadding, dilation } = layer;
  const extent = extentOf(kernel, dilation);
  const [samples, ...spatial] = input.shape.slice(0, -1) as [number, ...number[]];
  const shapeWith = (sizes: readonly number[]) => [samples, ...sizes, filter.shape.at(-2)!];
  if (isSamePadding(extent, stride, padding) && outputPadding.every((planes) => planes === 0)) {
    return convolveTransposed(tf, input, filter, shapeWith(spatial), stride, "same");
  }
  // A convolution back to the input leaves out less than a step at the end: what is more, no tap reaches.
  const missed = outputPadding.map((planes, axis) => Math.max(0, planes - stride[axis]! + 1));
  const reached = spatial.map(
    (size, axis) => (size - 1) * stride[axis]! + extent[axis]! + outputPadding[axis]! - missed[axis]!,
  );
  const kept = reached.map((size, axis) => size + missed[axis]! - 2 * padding[axis]!);
  const output = convolveTransposed(tf, input, filter, shapeWith(reached), stride, "valid");
  const none = padding.map(() => 0);
  return cropSpatial(tf, padSpatial(tf, output, none, missed, 0), padding, shapeWith(kept));
}
