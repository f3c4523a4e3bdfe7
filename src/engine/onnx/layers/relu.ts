import type { ReLU } from "../../../network/layers/relu";
import type { Step } from "../compilation";
import { greater, isPositive, mul, rectify, where } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/** y = max(x, 0); dx = dy where y > 0. */
export function relu({ input, compilation }: Pick<LayerContext<ReLU>, "input" | "compilation">): Step {
  const output = rectify(input);
  return {
    output,
    backward: (gradient) => () =>
      compilation.formulation === "fast"
        ? mul(gradient, isPositive(output))
        : where(greater(output, 0), gradient, 0),
  };
}
