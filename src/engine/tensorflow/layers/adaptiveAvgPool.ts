import type { AdaptiveAvgPool } from "../../../network/layer";
import { elementCount } from "../../../network/tensor";
import type { Pass } from "../pass";
import type { DeviceTensor } from "../tensorFlow";

/**
 * Mean over windows that cover the input: along an axis, output i averages floor(i * in / out) .. ceil((i + 1) * in / out),
 * which may overlap (torch.nn.AdaptiveAvgPool3d). A mean over a box is the mean of means along its axes, so each axis is
 * multiplied by a matrix of its own, [out, in].
 */
export function adaptiveAvgPool(
  { outputSize }: AdaptiveAvgPool,
  input: DeviceTensor,
  { tf }: Pass,
): DeviceTensor {
  return outputSize.reduce((value, outputs, position) => {
    const axis = position + 1;
    const before = value.shape.slice(0, axis);
    const size = value.shape[axis]!;
    const after = value.shape.slice(axis + 1);
    const slices = tf.reshape(value, [elementCount(before), size, elementCount(after)]);
    const means = tf.matMul(tf.tensor3d([averagingMatrix(size, outputs)]), slices);
    return tf.reshape(means, [...before, outputs, ...after]);
  }, input);
}

function averagingMatrix(size: number, outputSize: number): number[][] {
  return Array.from({ length: outputSize }, (_, output) => {
    const start = Math.floor((output * size) / outputSize);
    const end = Math.ceil(((output + 1) * size) / outputSize);
    return Array.from({ length: size }, (_, input) =>
      input >= start && input < end ? 1 / (end - start) : 0,
    );
  });
}
