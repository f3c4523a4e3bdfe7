import type { RecordLoss } from "./loss";
import { meanLoss, recordMeanLoss } from "./meanLoss";

/**
 * torch.nn.HuberLoss, mean reduction over all n elements. With e = output - target and c = e held within [-delta, delta] both of its
 * branches are c (e - c / 2), with the gradient c / n. `scale` multiplies both.
 */
const held = "select(clamp(e, -shape.delta, shape.delta), e, is_nan(e))";
const kernel = meanLoss("HuberLoss", {
  options: ["delta", "scale"],
  value: `shape.scale * ${held} * (e - 0.5 * ${held})`,
  slope: `shape.scale * ${held}`,
});

export const huber: RecordLoss<"HuberLoss"> = (comparison, { delta }) =>
  recordMeanLoss(kernel, comparison, { delta, scale: 1 });

/** torch.nn.SmoothL1Loss: Huber's loss with delta = beta, divided by it. */
export const smoothL1: RecordLoss<"SmoothL1Loss"> = (comparison, { beta }) =>
  recordMeanLoss(kernel, comparison, { delta: beta, scale: 1 / beta });
