import type { ELU } from "../../../network/layers/elu";
import type { Step } from "../compilation";
import { add, exponentialLinear, greater, mul, where } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/** y = x where x > 0, else alpha (exp(x) - 1); dx = dy where x > 0, else dy alpha exp(x) = dy (y + alpha). */
export function elu({ layer: { alpha }, input }: LayerContext<ELU>): Step {
  const output = exponentialLinear(input, alpha);
  return {
    output,
    backward: (gradient) => () => where(greater(input, 0), gradient, mul(gradient, add(output, alpha))),
  };
}
