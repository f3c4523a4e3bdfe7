/** Between PyTorch's order of axes, [N, channels, ...spatial], and TensorFlow's, [N, ...spatial, channels]. */
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";

/** Tensors without spatial axes, [N, features], stay as they are. */
export function toChannelsLast(tf: TensorFlow, value: DeviceTensor): DeviceTensor {
  const [samples, channels, ...spatial] = value.shape as [number, number, ...number[]];
  if (spatial.length === 0) return value;
  // With one channel both orders are the same in memory.
  if (channels === 1) return tf.reshape(value, [samples, ...spatial, channels]);
  return tf.transpose(value, [0, ...spatial.map((_, axis) => axis + 2), 1]);
}

export function toChannelsFirst(tf: TensorFlow, value: DeviceTensor): DeviceTensor {
  const last = value.rank - 1;
  if (last < 2) return value;
  const [samples, ...rest] = value.shape as [number, ...number[]];
  const spatial = rest.slice(0, -1);
  if (value.shape[last] === 1) return tf.reshape(value, [samples, 1, ...spatial]);
  return tf.transpose(value, [0, last, ...spatial.map((_, axis) => axis + 1)]);
}
