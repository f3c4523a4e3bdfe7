import { elementCount } from "../../../network/tensor";
import { mul, square, sub } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";
import { totalMean } from "../graph/reduction";
import type { Loss } from "./crossEntropy";

/** torch.nn.MSELoss, mean reduction over all n elements: (1 / n) sum (output - target)^2; gradient 2 (output - target) / n. */
export function meanSquaredError(output: Value, target: Value): Loss {
  const difference = sub(output, target);
  return {
    value: totalMean(square(difference)),
    gradient: mul(difference, 2 / elementCount(output.shape)),
  };
}
