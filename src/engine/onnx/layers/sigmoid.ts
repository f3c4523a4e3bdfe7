import type { Sigmoid } from "../../../network/layers/sigmoid";
import type { Step } from "../compilation";
import { sigmoid as logistic, mul, square, sub } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/** y = 1 / (1 + exp(-x)); dx = dy * (y - y^2). */
export function sigmoid({ input }: LayerContext<Sigmoid>): Step {
  const output = logistic(input);
  return { output, backward: (gradient) => () => mul(gradient, sub(output, square(output))) };
}
