import type { RecordLoss } from "./loss";
import { meanLoss, recordMeanLoss } from "./meanLoss";

/**
 * torch.nn.L1Loss, mean reduction over all n elements: (1 / n) sum |e|, e = output - target; gradient sign(e) / n, 0 at 0 and NaN where e
 * is.
 */
const kernel = meanLoss("L1Loss", { value: "abs(e)", slope: "select(sign(e), e, is_nan(e))" });

export const meanAbsoluteError: RecordLoss<"L1Loss"> = (comparison) => recordMeanLoss(kernel, comparison, {});
