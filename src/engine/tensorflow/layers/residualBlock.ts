import type { LayerOf } from "../../../network/layer";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../tensorFlow";

/** y = relu(body(x) + shortcut(x)) (He et al., 2016). */
export function residualBlock(context: LayerContext<LayerOf<"ResidualBlock">>): DeviceTensor {
  const { layer, path, input, pass, runSequence } = context;
  const body = runSequence(layer.body, path, input, pass);
  const shortcut = runSequence(layer.shortcut, `${path}.downsample`, input, pass);
  return pass.tf.relu(pass.tf.add(body, shortcut));
}
