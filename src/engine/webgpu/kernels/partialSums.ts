/** Sums whose terms are more than one invocation should add up: each adds up some of them, and the partial sums are merged here. */
import { kernel } from "../kernel/kernel";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

/** Terms of a sum that one invocation adds up; the sums of sixteen are summed by sixteen again, which keeps rounding errors small. */
const AT_ONCE = 16;

const mergeParts = kernel(
  "merge of partial sums",
  {
    over: "elements",
    whole: ["length", "parts"],
    buffers: { partial: "read f32", merged: "write f32" },
  },
  `let element = index % shape.length;
  let first = (index / shape.length) * ${AT_ONCE}u;
  let end = min(first + ${AT_ONCE}u, shape.parts);
  var sum = 0.0;
  for (var part = first; part < end; part++) { sum += partial[part * shape.length + element]; }
  merged[index] = sum;`,
);

/**
 * into[e] = sum over p of partial[p, e].
 * @param partial [parts, ...] with the elements of `into` in each part
 */
export function mergePartialSums(tape: Tape, partial: Value, into: Value): void {
  const length = sizeOf(into);
  let sums = partial;
  for (let parts = sizeOf(partial) / length; ; ) {
    const merged = Math.ceil(parts / AT_ONCE);
    const sum = merged === 1 ? into : tape.value("merged sums", [merged, length]);
    const buffers = { partial: sums, merged: sum };
    tape.over(mergeParts, merged * length, { buffers, whole: { length, parts }, real: {} }, AT_ONCE);
    if (merged === 1) return;
    sums = sum;
    parts = merged;
  }
}

/**
 * Lets `record` write the sums of `parts` parts of the terms, and merges them.
 * @param record writes all of [parts, ...shape of `into`]; where there is one part, that is `into` itself
 */
export function summedInParts(
  tape: Tape,
  parts: number,
  into: Value,
  record: (partial: Value) => void,
): void {
  if (parts === 1) {
    record(into);
    return;
  }
  const partial = tape.value("partial sums", [parts, ...into.shape]);
  record(partial);
  mergePartialSums(tape, partial, into);
}
