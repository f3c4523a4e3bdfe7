import { elementCount } from "../../../network/weights/tensor";
import { mul, square, sub } from "../graph/arithmetic";
import { totalMean } from "../graph/reduction";
import type { CompileLoss } from "./loss";

/** torch.nn.MSELoss, mean reduction over all n elements: (1 / n) sum e^2, e = output - target; gradient 2 e / n. */
export const meanSquaredError: CompileLoss<"MSELoss"> = (output, target) => {
  const difference = sub(output, target);
  return {
    value: totalMean(square(difference)),
    gradient: mul(difference, 2 / elementCount(output.shape)),
  };
};
