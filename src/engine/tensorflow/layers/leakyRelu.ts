import type { LeakyReLU } from "../../../network/layers/leakyRelu";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = x where x > 0, else slope * x. */
export const leakyRelu = ({ layer, input, pass: { tf } }: LayerContext<LeakyReLU>): DeviceTensor =>
  tf.leakyRelu(input, layer.negativeSlope);
