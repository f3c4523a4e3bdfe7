import type { Reshape } from "../../../network/layers/reshape";
import type { Step } from "../compilation";
import { reshape as withShape } from "../graph/arrangement";
import type { LayerContext } from "../layerContext";

/** The same elements in another shape, [N, ...shape]. */
export function reshape({ layer: { shape }, input }: LayerContext<Reshape>): Step {
  return {
    output: withShape(input, [input.shape[0]!, ...shape]),
    backward: (gradient) => () => withShape(gradient, input.shape),
  };
}
