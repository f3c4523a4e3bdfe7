import type { LeakyReLU } from "../../../network/layers/leakyRelu";
import type { Step } from "../compilation";
import { greater, leakyRectify, mul, where } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";

/** y = x where x > 0, else slope * x; dx = dy where x > 0, else slope * dy. */
export function leakyRelu({ layer: { negativeSlope }, input }: LayerContext<LeakyReLU>): Step {
  return {
    output: leakyRectify(input, negativeSlope),
    backward: (gradient) => () => where(greater(input, 0), gradient, mul(gradient, negativeSlope)),
  };
}
