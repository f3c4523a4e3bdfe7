import type { Linear } from "../../../network/layers/linear";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = x W^T + b. */
export function linear({ layer, path, input, pass }: LayerContext<Linear>): DeviceTensor {
  const { tf } = pass;
  const product = tf.matMul(input, pass.parameter(`${path}.weight`), false, true);
  return layer.bias ? tf.add(product, pass.parameter(`${path}.bias`)) : product;
}
