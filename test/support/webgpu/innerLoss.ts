/** The loss of engineSuite/innerLoss.ts on a tape. */

import { kernel } from "../../../src/engine/webgpu/kernel/kernel";
import { addition } from "../../../src/engine/webgpu/kernels/addition";
import type { Comparison, Loss } from "../../../src/engine/webgpu/losses/loss";
import { sizeOf } from "../../../src/engine/webgpu/tape/value";
import { WEIGHT } from "../engineSuite/innerLoss";

/** One invocation does it all: these tests have few elements. */
const term = kernel(
  "weighted mean square",
  {
    over: "elements",
    whole: ["length"],
    real: ["weight"],
    buffers: { left: "read f32", right: "read f32", value: "write f32", gradient: "write f32" },
  },
  `var sum = 0.0;
  for (var k = 0u; k < shape.length; k++) {
    let e = left[k] - right[k];
    sum += e * e;
    gradient[k] = 2.0 * shape.weight * e / f32(shape.length);
  }
  value[0] = shape.weight * sum / f32(shape.length);`,
);

const zero = kernel("zeros", { over: "elements", buffers: { x: "write f32" } }, "x[index] = 0.0;");

export const recorderReading =
  (name: string) =>
  ({ output, target, pass, inner }: Comparison): Loss => {
    const { tape } = pass;
    const read = inner.get(name)!;
    const nothing = tape.value("zeros", read.shape);
    tape.over(zero, sizeOf(nothing), { buffers: { x: nothing }, whole: {}, real: {} });
    const meanSquare = (left: typeof output, right: typeof output, weight: number) => {
      const value = tape.value("mean square", [1]);
      const gradient = tape.value("gradient of a mean square", left.shape);
      const buffers = { left, right, value, gradient };
      tape.over(term, 1, { buffers, whole: { length: sizeOf(left) }, real: { weight } });
      return { value, gradient };
    };
    const [error, size] = [meanSquare(output, target, 1), meanSquare(read, nothing, WEIGHT)];
    return {
      value: addition(tape, error.value, size.value),
      gradient: error.gradient,
      inner: new Map([[name, size.gradient]]),
    };
  };
