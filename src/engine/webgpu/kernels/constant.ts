/** Numbers that are known when the tape is recorded, as an array. */
import { kernel } from "../kernel/kernel";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

/** Numbers that one dispatch writes. */
const AT_ONCE = 16;
const names = Array.from({ length: AT_ONCE }, (_, place) => `number${place}`);

const write = kernel(
  "constant",
  { over: "elements", whole: ["start"], real: names, buffers: { result: "write f32" } },
  `let numbers = array(${names.map((name) => `shape.${name}`).join(", ")});
  result[shape.start + index] = numbers[index];`,
);

/** A few numbers, [n]. */
export function constant(tape: Tape, numbers: readonly number[]): Value {
  const result = tape.value("constant", [numbers.length]);
  for (let start = 0; start < numbers.length; start += AT_ONCE) {
    const part = numbers.slice(start, start + AT_ONCE);
    const real = Object.fromEntries(names.map((name, place) => [name, part[place] ?? 0]));
    tape.over(write, part.length, { buffers: { result }, whole: { start }, real });
  }
  return result;
}

const fill = kernel(
  "filled",
  { over: "elements", real: ["number"], buffers: { result: "write f32" } },
  "result[index] = shape.number;",
);

/** The same number `count` times, [count]. */
export function filled(tape: Tape, count: number, number: number): Value {
  const result = tape.value("filled", [count]);
  fillWith(tape, number, result);
  return result;
}

/** Writes the same number all over `into`. */
export function fillWith(tape: Tape, number: number, into: Value): void {
  tape.over(fill, sizeOf(into), { buffers: { result: into }, whole: {}, real: { number } });
}
