/** Planes put around maps [N, ...spatial, channels], and taken away again. */
import type { PerAxis } from "../../../network/shapes/axes";
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";

/** `before` and `after` planes of `value` along each spatial axis. */
export function padSpatial(
  tf: TensorFlow,
  map: DeviceTensor,
  before: PerAxis,
  after: PerAxis,
  value: number,
): DeviceTensor {
  if ([...before, ...after].every((planes) => planes === 0)) return map;
  const paddings = before.map((planes, axis): [number, number] => [planes, after[axis]!]);
  return tf.pad(map, [[0, 0], ...paddings, [0, 0]], value);
}

/** The part of `shape` [N, ...spatial, channels] that begins `before` planes into each spatial axis. */
export function cropSpatial(
  tf: TensorFlow,
  map: DeviceTensor,
  before: PerAxis,
  shape: readonly number[],
): DeviceTensor {
  if (map.shape.every((size, axis) => size === shape[axis])) return map;
  return tf.slice(map, [0, ...before, 0], [...shape]);
}
