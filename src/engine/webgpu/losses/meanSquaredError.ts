import type { RecordLoss } from "./loss";
import { meanLoss, recordMeanLoss } from "./meanLoss";

/** torch.nn.MSELoss, mean reduction over all n elements: (1 / n) sum e^2, e = output - target; gradient 2 e / n. */
const kernel = meanLoss("MSELoss", { value: "e * e", slope: "2.0 * e" });

export const meanSquaredError: RecordLoss<"MSELoss"> = (comparison) => recordMeanLoss(kernel, comparison, {});
