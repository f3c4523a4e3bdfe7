import { FunctionCode } from "./functionCode";
import { f32, f32x4, i32 } from "./instructions";
import { vectorBytes } from "./updateKernel";

/** The smallest float32 that is not subnormal. */
const LEAST_NORMAL = 2 ** -126;

/** (array, count): makes zero of the subnormal numbers among `count` floats; leaves everything else, also NaN. */
export function flushSubnormals(): FunctionCode {
  const written = new FunctionCode("i32", "i32");
  const [array, count] = written.parameters;
  const leastNormal = written.keep("v128", f32x4.splat(f32.constant(LEAST_NORMAL)));
  const end = written.keep("i32", i32.add(array!.value, vectorBytes(count!.value)));
  const at = array!;
  written.forEach(at, end.value, i32.constant(16), () => {
    const values = written.keep("v128", f32x4.load(at.value));
    const isSubnormal = f32x4.lessThan(f32x4.abs(values.value), leastNormal.value);
    written.run(f32x4.store(at.value, f32x4.andNot(values.value, isSubnormal)));
  });
  return written;
}
