/** How each loss is recorded: one entry a loss, so that a missing one is an error of types. */
import type { LossName, ObjectiveData, ObjectiveOf } from "../../statistics/losses/losses";
import { crossEntropy } from "./losses/crossEntropy";
import { huber, smoothL1 } from "./losses/huber";
import type { Comparison, Loss, RecordLoss } from "./losses/loss";
import { meanAbsoluteError } from "./losses/meanAbsoluteError";
import { meanSquaredError } from "./losses/meanSquaredError";
import type { Pass } from "./pass";
import type { Value } from "./tape/value";

const RECORDERS: { readonly [Name in LossName]: RecordLoss<Name> } = {
  CrossEntropyLoss: crossEntropy,
  MSELoss: meanSquaredError,
  L1Loss: meanAbsoluteError,
  SmoothL1Loss: smoothL1,
  HuberLoss: huber,
};

/**
 * The loss of `output`, and its gradient.
 * @param target class codes, u32 [N], or values of the shape of the output
 * @param inner what comes out within the network, by its name
 */
export function recordLoss(
  objective: ObjectiveData,
  output: Value,
  target: Value,
  pass: Pass,
  inner: ReadonlyMap<string, Value>,
): Loss {
  return record(objective.loss, objective, { output, target, pass, inner });
}

function record<Name extends LossName>(
  name: Name,
  objective: ObjectiveOf<Name>,
  comparison: Comparison,
): Loss {
  return RECORDERS[name](comparison, objective);
}
