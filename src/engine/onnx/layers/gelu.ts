import type { GELU } from "../../../network/layers/gelu";
import type { Step } from "../compilation";
import { add, errorFunction, exponential, mul, square } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/**
 * y = x Phi(x), where Phi(x) = (1 + erf(x / sqrt 2)) / 2 is the distribution function of the standard normal and
 * phi(x) = exp(-x^2 / 2) / sqrt(2 pi) its density; dx = dy (Phi(x) + x phi(x)).
 */
export function gelu({ input }: LayerContext<GELU>): Step {
  const distribution = mul(add(errorFunction(mul(input, Math.SQRT1_2)), 1), 0.5);
  return {
    output: mul(input, distribution),
    backward: (gradient) => () => {
      const density = mul(exponential(mul(square(input), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return mul(gradient, add(distribution, mul(input, density)));
    },
  };
}
