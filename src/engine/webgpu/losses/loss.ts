import type { LossName, ObjectiveOf } from "../../../statistics/losses/losses";
import type { Pass } from "../pass";
import type { Value } from "../tape/value";

/** A loss on the tape, and its gradient by the output of the network. */
export interface Loss {
  /** One element, to be read after a run: the array LOSS of the tape. */
  readonly value: Value;
  readonly gradient: Value;
  /** Gradients by what it reads within the network, by the names of `inner`. */
  readonly inner?: ReadonlyMap<string, Value>;
}

/** What a loss compares. */
export interface Comparison {
  readonly output: Value;
  /** Class codes, u32 [N], or values (f32) of the shape of the output: what the definition of the loss says. */
  readonly target: Value;
  /** What comes out within the network, [N, ...] by its name: what the definition of the loss reads, and others. */
  readonly inner: ReadonlyMap<string, Value>;
  readonly pass: Pass;
}

export type RecordLoss<Name extends LossName> = (
  comparison: Comparison,
  objective: ObjectiveOf<Name>,
) => Loss;

/** Name of the array of a tape that holds the loss after a run. */
export const LOSS = "loss";

/** Where the loss belongs, [1]. */
export const lossValue = ({ tape }: Pass): Value => tape.own(LOSS, [1]);
