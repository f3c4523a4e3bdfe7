import type { Flatten } from "../../../network/layers/flatten";
import { elementCount } from "../../../network/weights/tensor";
import { toChannelsFirst } from "../device/channelsLast";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** The same elements as [N, features], in PyTorch's order. */
export function flatten({ input, pass: { tf } }: LayerContext<Flatten>): DeviceTensor {
  return tf.reshape(toChannelsFirst(tf, input), [input.shape[0]!, elementCount(input.shape.slice(1))]);
}
