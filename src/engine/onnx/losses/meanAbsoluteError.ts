import { elementCount } from "../../../network/weights/tensor";
import { absolute, div, sign, sub } from "../graph/arithmetic";
import { totalMean } from "../graph/reduction";
import type { CompileLoss } from "./loss";

/** torch.nn.L1Loss, mean reduction over all n elements: (1 / n) sum |e|, e = output - target; gradient sign(e) / n, 0 at 0. */
export const meanAbsoluteError: CompileLoss<"L1Loss"> = (output, target) => {
  const difference = sub(output, target);
  return {
    value: totalMean(absolute(difference)),
    gradient: div(sign(difference), elementCount(output.shape)),
  };
};
