import type { Dropout } from "../../../network/layers/dropout";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";

/**
 * Training: y = mask * x, where each element of the mask is 0 with the probability of the layer and 1 / (1 - probability)
 * else; the mask is given, so that a resumed run draws the same. Evaluation: the identity.
 */
export function dropout({ layer, path, input, pass }: LayerContext<Dropout>): DeviceTensor {
  if (pass.mode === "evaluation" || layer.probability === 0) return input;
  return pass.tf.mul(input, pass.mask(path));
}
