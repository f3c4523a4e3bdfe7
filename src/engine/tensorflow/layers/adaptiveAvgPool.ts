import type { AdaptiveAvgPool } from "../../../network/layers/adaptiveAvgPool";
import { elementCount } from "../../../network/weights/tensor";
import { averagingMatrix } from "../../averagingMatrix";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** Each axis is multiplied by its averaging matrix, [out, in]. */
export function adaptiveAvgPool(context: LayerContext<AdaptiveAvgPool>): DeviceTensor {
  const {
    layer: { outputSize },
    input,
    pass: { tf },
  } = context;
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
