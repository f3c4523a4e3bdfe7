import type { LossName, ObjectiveOf } from "../../../statistics/losses/losses";
import type { Value } from "../graph/graphBuilder";

/** A loss in the graph, and its gradient by the output of the network. */
export interface Loss {
  /** A scalar. */
  readonly value: Value;
  readonly gradient: Value;
  /** Gradients by what it reads within the network, by the names of `inner`. */
  readonly inner?: ReadonlyMap<string, Value>;
}

/**
 * @param target class codes, int32 [N], or values of the shape of the output: what the definition of the loss says
 * @param inner what comes out within the network, [N, ...] by its name: what the definition of the loss reads, and others
 */
export type CompileLoss<Name extends LossName> = (
  output: Value,
  target: Value,
  objective: ObjectiveOf<Name>,
  inner: ReadonlyMap<string, Value>,
) => Loss;
