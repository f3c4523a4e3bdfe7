import type { Step } from "../compilation";
import { reshape as withShape } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";

/** Flatten and Reshape: the same elements in another shape, [N, ...shape]. */
export function reshape(shape: Shape, input: Value): Step {
  return {
    output: withShape(input, [input.shape[0]!, ...shape]),
    backward: (gradient) => () => withShape(gradient, input.shape),
  };
}
