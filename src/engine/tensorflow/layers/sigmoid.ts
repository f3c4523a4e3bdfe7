import type { Sigmoid } from "../../../network/layers/sigmoid";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = 1 / (1 + exp(-x)). */
export const sigmoid = ({ input, pass: { tf } }: LayerContext<Sigmoid>): DeviceTensor => tf.sigmoid(input);
