import type { LeakyReLU } from "../../../network/layer";
import type { Step } from "../compilation";
import { greater, leakyRectify, mul, where } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";

/** y = x where x > 0, else slope * x; dx = dy where x > 0, else slope * dy. */
export function leakyRelu({ negativeSlope }: LeakyReLU, input: Value): Step {
  return {
    output: leakyRectify(input, negativeSlope),
    backward: (gradient) => () => where(greater(input, 0), gradient, mul(gradient, negativeSlope)),
  };
}
