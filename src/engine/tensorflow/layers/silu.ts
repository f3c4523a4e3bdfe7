import type { SiLU } from "../../../network/layers/silu";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/** y = x / (1 + exp(-x)). */
export const silu = ({ input, pass: { tf } }: LayerContext<SiLU>): DeviceTensor =>
  tf.mul(input, tf.sigmoid(input));
