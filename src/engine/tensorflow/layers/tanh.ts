import type { Tanh } from "../../../network/layers/tanh";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = tanh(x). */
export const tanh = ({ input, pass: { tf } }: LayerContext<Tanh>): DeviceTensor => tf.tanh(input);
