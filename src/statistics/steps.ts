/** A long computation in steps, for whoever must do something else in between: each step says which share is done (0 to 1). */
export type Steps<Value> = Generator<number, Value, void>;

/** All steps at once. */
export function finished<Value>(steps: Steps<Value>): Value {
  while (true) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
