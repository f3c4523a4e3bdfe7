import { elementCount } from "../../../network/weights/tensor";
import { clamp, mul, sub } from "../graph/arithmetic";
import { totalMean } from "../graph/reduction";
import type { CompileLoss } from "./loss";

/**
 * torch.nn.HuberLoss, mean reduction over all n elements. With e = output - target and c = e held within [-delta, delta] both of
 * its branches are c (e - c / 2), with the gradient c / n.
 */
export const huber: CompileLoss<"HuberLoss"> = (output, target, { delta }) => {
  const error = sub(output, target);
  const held = clamp(error, -delta, delta);
  return {
    value: totalMean(mul(held, sub(error, mul(held, 0.5)))),
    gradient: mul(held, 1 / elementCount(output.shape)),
  };
};
