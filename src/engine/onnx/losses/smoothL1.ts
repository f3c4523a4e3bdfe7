import { mul } from "../graph/arithmetic";
import { huber } from "./huber";
import type { CompileLoss } from "./loss";

/** torch.nn.SmoothL1Loss: Huber's loss with delta = beta, divided by it. */
export const smoothL1: CompileLoss<"SmoothL1Loss"> = (output, target, { beta }, inner) => {
  const { value, gradient } = huber(output, target, { loss: "HuberLoss", delta: beta }, inner);
  return { value: mul(value, 1 / beta), gradient: mul(gradient, 1 / beta) };
};
