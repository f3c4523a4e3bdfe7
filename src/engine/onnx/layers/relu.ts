import type { Compilation, Step } from "../compilation";
import { greater, isPositive, mul, rectify, where } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";

/** y = max(x, 0); dx = dy where y > 0. */
export function relu(input: Value, compilation: Compilation): Step {
  const output = rectify(input);
  return {
    output,
    backward: (gradient) => () =>
      compilation.formulation === "fast"
        ? mul(gradient, isPositive(output))
        : where(greater(output, 0), gradient, 0),
  };
}
