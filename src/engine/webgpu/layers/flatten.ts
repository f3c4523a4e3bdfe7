import type { Flatten } from "../../../network/layers/flatten";
import type { LayerContext } from "../layerContext";
import { Pass, type Step } from "../pass";
import { reshaped } from "../tape/value";

/** The same values as one row a sample. */
export function flatten({ input }: LayerContext<Flatten>): Step {
  return {
    output: reshaped(input, [input.shape[0]!, Pass.perSample(input)]),
    backward: (gradient) => () => reshaped(gradient, input.shape),
  };
}
