import type { ReLU } from "../../../network/layers/relu";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = max(x, 0). */
export const relu = ({ input, pass: { tf } }: LayerContext<ReLU>): DeviceTensor => tf.relu(input);
