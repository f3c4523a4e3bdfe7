import type { Tanh } from "../../../network/layers/tanh";
import type { Step } from "../compilation";
import { hyperbolicTangent, mul, square, sub } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/** y = tanh(x); dx = dy * (1 - y^2). */
export function tanh({ input }: LayerContext<Tanh>): Step {
  const output = hyperbolicTangent(input);
  return { output, backward: (gradient) => () => sub(gradient, mul(gradient, square(output))) };
}
