import { kernel } from "../kernel/kernel";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

const add = kernel(
  "addition",
  { over: "elements", buffers: { a: "read f32", b: "read f32", sum: "write f32" } },
  "sum[index] = a[index] + b[index];",
);

/** a + b of one shape. */
export function addition(tape: Tape, a: Value, b: Value): Value {
  const sum = tape.value("sum", a.shape);
  tape.over(add, sizeOf(sum), { buffers: { a, b, sum }, whole: {}, real: {} });
  return sum;
}
