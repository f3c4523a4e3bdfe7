import { elementCount } from "../../../network/weights/tensor";

export type Element = "f32" | "u32";

/**
 * An array of four-byte elements on the device, row-major, while a tape is recorded: where it will lie is decided when the tape is made
 * ready (memoryPlan.ts).
 */
export interface Value {
  readonly shape: readonly number[];
  readonly element: Element;
  readonly place: Place;
}

export type Place =
  /** Lies only as long as it is needed within a run. `name` is for messages. */
  | { readonly kind: "passing"; readonly name: string }
  /** Belongs to the replay, which keeps it from run to run: what goes in, and what is read. */
  | { readonly kind: "own"; readonly name: string }
  /** Belongs to the model (weights, running statistics, gradients), by its key there. */
  | { readonly kind: "model"; readonly key: string };

export const sizeOf = ({ shape }: Pick<Value, "shape">): number => elementCount(shape);

/** The same elements in another shape. @throws Error unless there are as many */
export function reshaped(value: Value, shape: readonly number[]): Value {
  if (elementCount(shape) !== sizeOf(value))
    throw new Error(`${value.shape.join("x")} has not as many elements as ${shape.join("x")}.`);
  return { ...value, shape };
}
