import type { Reshape } from "../../../network/layers/reshape";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { reshaped } from "../tape/value";

/** The same values, each sample in another shape. */
export function reshape({ layer, input }: LayerContext<Reshape>): Step {
  return {
    output: reshaped(input, [input.shape[0]!, ...layer.shape]),
    backward: (gradient) => () => reshaped(gradient, input.shape),
  };
}
