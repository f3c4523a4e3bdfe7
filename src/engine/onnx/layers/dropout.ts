import type { Dropout } from "../../../network/layers/dropout";
import type { Step } from "../compilation";
import { mul } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/**
 * Training: y = mask * x and dx = mask * dy, where each element of the mask is 0 with the probability of the layer and
 * 1 / (1 - probability) else; the mask is fed, so that a resumed run draws the same. Evaluation: the identity.
 */
export function dropout({ layer, path, input, compilation }: LayerContext<Dropout>): Step {
  const { probability } = layer;
  if (compilation.mode === "evaluation" || probability === 0) {
    return { output: input, backward: (gradient) => () => gradient };
  }
  const mask = compilation.addMask(path, input.shape, probability);
  return { output: mul(input, mask), backward: (gradient) => () => mul(gradient, mask) };
}
