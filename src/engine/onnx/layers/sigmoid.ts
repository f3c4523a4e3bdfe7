import type { Step } from "../compilation";
import { sigmoid as logistic, mul, square, sub } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";

/** y = 1 / (1 + exp(-x)); dx = dy * (y - y^2). */
export function sigmoid(input: Value): Step {
  const output = logistic(input);
  return { output, backward: (gradient) => () => mul(gradient, sub(output, square(output))) };
}
