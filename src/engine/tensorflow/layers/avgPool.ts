import type { AvgPool } from "../../../network/layers/avgPool";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";
import { isRank4, pair, rank5, triple } from "../operations/convolution";
import { padSpatial } from "../operations/spatial";

/**
 * torch.nn.AvgPool2d / 3d: the mean of each window of the input between zeros. Without `countIncludePad` it becomes the mean
 * of the places of the window that are not padding: it is divided by their share of all.
 */
export function avgPool({ layer, input, pass: { tf } }: LayerContext<AvgPool>): DeviceTensor {
  const { padding, countIncludePad } = layer;
  const means = meansOfWindows(tf, padSpatial(tf, input, padding, padding, 0), layer);
  if (countIncludePad || padding.every((planes) => planes === 0)) return means;
  const ones = tf.ones([1, ...input.shape.slice(1, -1), 1]);
  const share = meansOfWindows(tf, padSpatial(tf, ones, padding, padding, 0), layer);
  return tf.div(means, share);
}

const meansOfWindows = (tf: TensorFlow, map: DeviceTensor, { kernel, stride }: AvgPool): DeviceTensor =>
  isRank4(map)
    ? tf.avgPool(map, pair(kernel), pair(stride), "valid")
    : tf.avgPool3d(rank5(map), triple(kernel), triple(stride), "valid");
