import { LAYERS, type LayerOf } from "../../../network/layer";
import { branchPath } from "../../../network/leaves";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = relu(sum of the branches) (He et al., 2016). */
export function residualBlock(context: LayerContext<LayerOf<"ResidualBlock">>): DeviceTensor {
  const { layer, path, input, pass, runSequence } = context;
  const { tf } = pass;
  const branches = LAYERS.ResidualBlock.branches(layer).map((branch) =>
    runSequence(branch.layers, branchPath(path, branch), input, pass),
  );
  return tf.relu(branches.reduce((total, branch) => tf.add(total, branch)));
}
