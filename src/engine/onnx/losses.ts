/** How each loss is compiled: one entry a loss, so that a missing one is an error of types. */
import { isClassLoss, type LossName, type ObjectiveOf } from "../../statistics/losses/losses";
import type { Value } from "./graph/graphBuilder";
import { crossEntropy } from "./losses/crossEntropy";
import { huber } from "./losses/huber";
import type { CompileLoss, Loss } from "./losses/loss";
import { meanAbsoluteError } from "./losses/meanAbsoluteError";
import { meanSquaredError } from "./losses/meanSquaredError";
import { smoothL1 } from "./losses/smoothL1";

const COMPILERS: { readonly [Name in LossName]: CompileLoss<Name> } = {
  CrossEntropyLoss: crossEntropy,
  MSELoss: meanSquaredError,
  L1Loss: meanAbsoluteError,
  SmoothL1Loss: smoothL1,
  HuberLoss: huber,
};

/** Name of the input of a graph that holds what the output is compared with. */
export const TARGET = "target";

/** The loss of `output`, compared with the input TARGET. @param inner what comes out within the network, by its name */
export function compileLoss<Name extends LossName>(
  loss: Name,
  objective: ObjectiveOf<Name>,
  output: Value,
  inner: ReadonlyMap<string, Value>,
): Loss {
  const { graph, shape } = output;
  const target = isClassLoss(loss)
    ? graph.input(TARGET, "int32", [shape[0]!])
    : graph.input(TARGET, "float32", shape);
  return COMPILERS[loss](output, target, objective, inner);
}
