import type { Step } from "../compilation";
import { hyperbolicTangent, mul, square, sub } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";

/** y = tanh(x); dx = dy * (1 - y^2). */
export function tanh(input: Value): Step {
  const output = hyperbolicTangent(input);
  return { output, backward: (gradient) => () => sub(gradient, mul(gradient, square(output))) };
}
