import type { SiLU } from "../../../network/layers/silu";
import type { Step } from "../compilation";
import { add, mul, sigmoid, sub } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/** y = x s where s = 1 / (1 + exp(-x)); dx = dy (s + y (1 - s)) = dy (s + y - y s). */
export function silu({ input }: LayerContext<SiLU>): Step {
  const logistic = sigmoid(input);
  const output = mul(input, logistic);
  return {
    output,
    backward: (gradient) => () => mul(gradient, add(logistic, sub(output, mul(output, logistic)))),
  };
}
