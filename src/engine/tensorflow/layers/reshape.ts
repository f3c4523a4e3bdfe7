import type { Reshape } from "../../../network/layers/reshape";
import { toChannelsFirst, toChannelsLast } from "../device/channelsLast";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** The same elements, in PyTorch's order, in another shape. */
export function reshape({ layer, input, pass: { tf } }: LayerContext<Reshape>): DeviceTensor {
  return toChannelsLast(tf, tf.reshape(toChannelsFirst(tf, input), [input.shape[0]!, ...layer.shape]));
}
