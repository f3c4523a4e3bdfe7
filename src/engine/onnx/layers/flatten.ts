import type { Flatten } from "../../../network/layers/flatten";
import { elementCount } from "../../../network/weights/tensor";
import type { Step } from "../compilation";
import { reshape } from "../graph/arrangement";
import type { LayerContext } from "../layerContext";

/** The same elements as [N, features]. */
export function flatten({ input }: LayerContext<Flatten>): Step {
  return {
    output: reshape(input, [input.shape[0]!, elementCount(input.shape.slice(1))]),
    backward: (gradient) => () => reshape(gradient, input.shape),
  };
}
