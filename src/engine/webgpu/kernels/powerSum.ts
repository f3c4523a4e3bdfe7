/** The norm of gradients that lie on the device. */
import { kernel } from "../kernel/kernel";
import { NOT_A_NUMBER, treeSum } from "../kernel/snippets";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

/** Elements that one group of invocations adds up. */
const CHUNK = 4096;

const powers = kernel(
  "sums of powers",
  {
    over: "groups",
    workgroup: 256,
    whole: ["size"],
    real: ["power"],
    buffers: { x: "read f32", sums: "write f32" },
    declarations: "var<workgroup> t: array<f32, 256>;",
  },
  `var sum = 0.0;
  for (var k = 0u; k < ${CHUNK / 256}u; k++) {
    let at = (group.z * ${CHUNK / 256}u + k) * 256u + lane;
    if (at < shape.size) {
      let size = abs(x[at]);
      if (shape.power == 2.0) { sum += size * size; }
      else if (shape.power == 1.0) { sum += size; }
      else { sum += pow(size, shape.power); }
    }
  }
  t[lane] = sum;
  ${treeSum(["t"], 256)}
  if (lane == 0u) { sums[group.z] = t[0]; }`,
);

const largest = kernel(
  "largest sizes",
  {
    over: "groups",
    workgroup: 64,
    whole: ["size"],
    buffers: { x: "read f32", sums: "write f32" },
    declarations: `var<workgroup> t: array<f32, 64>;
${NOT_A_NUMBER}
fn larger(a: f32, b: f32) -> f32 { if (is_nan(a) || is_nan(b)) { return NAN(); } return max(a, b); }`,
  },
  `var best = 0.0;
  for (var k = 0u; k < ${CHUNK / 64}u; k++) {
    let at = (group.z * ${CHUNK / 64}u + k) * 64u + lane;
    if (at < shape.size) { best = larger(best, abs(x[at])); }
  }
  t[lane] = best;
  workgroupBarrier();
  if (lane == 0u) {
    for (var k = 1u; k < 64u; k++) { best = larger(best, t[k]); }
    sums[group.z] = best;
  }`,
);

/**
 * For each 4,096 elements of `x` the sum of |x|^power, or where `power` is infinite the largest |x|.
 * @returns [chunks], f32
 */
export function powerSums(tape: Tape, x: Value, power: number): Value {
  const chunks = Math.ceil(sizeOf(x) / CHUNK);
  const sums = tape.value("sums of powers", [chunks]);
  const whole = { size: sizeOf(x) };
  if (power === Number.POSITIVE_INFINITY) {
    tape.groups(largest, [1, 1, chunks], { buffers: { x, sums }, whole, real: {} }, CHUNK);
  } else {
    tape.groups(powers, [1, 1, chunks], { buffers: { x, sums }, whole, real: { power } }, CHUNK);
  }
  return sums;
}
