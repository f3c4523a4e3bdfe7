/**
 * What a device reaches with the plainest of work, the measure for all else: a product of matrices in float32 and a copy.
 */
import { kernel } from "../kernel/kernel";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

/** Side of the tile that a group of 16 x 16 invocations computes, 4 x 4 sums each. */
export const TILE = 64;
/** Terms of the sums that are staged at a time: 64 x 16 numbers of either matrix, 8 KiB. */
const STAGED = 16;

const rows = [0, 1, 2, 3] as const;

const product = kernel(
  "product of matrices",
  {
    over: "groups",
    whole: ["size"],
    buffers: { a: "read vec4f", b: "read vec4f", c: "write vec4f" },
    workgroup: 256,
    declarations: `var<workgroup> of_a: array<f32, ${TILE * STAGED}>;
var<workgroup> of_b: array<vec4f, ${(TILE * STAGED) / 4}>;`,
  },
  `let line = shape.size / 4u;
  let top = group.y * ${TILE}u; let left = group.x * ${TILE / 4}u;
  let r = (lane / 16u) * 4u; let c4 = lane % 16u;
  ${rows.map((row) => `var s${row} = vec4f();`).join(" ")}
  for (var k = 0u; k < shape.size; k += ${STAGED}u) {
    // Of a: 64 rows of 4 fours, turned so that the rows of one term lie side by side. Of b: 16 rows of 16 fours.
    let from_a = a[(top + lane / 4u) * line + k / 4u + lane % 4u];
    for (var t = 0u; t < 4u; t++) { of_a[((lane % 4u) * 4u + t) * ${TILE}u + lane / 4u] = from_a[t]; }
    of_b[lane] = b[(k + lane / 16u) * line + left + c4];
    workgroupBarrier();
    for (var t = 0u; t < ${STAGED}u; t++) {
      let w = of_b[t * 16u + c4];
      ${rows.map((row) => `s${row} += of_a[t * ${TILE}u + r + ${row}u] * w;`).join(" ")}
    }
    workgroupBarrier();
  }
  ${rows.map((row) => `c[(top + r + ${row}u) * line + left + c4] = s${row};`).join(" ")}`,
);

/** c = a * b of square matrices whose side is a multiple of TILE. */
export function multiply(
  tape: Tape,
  { a, b, c }: { readonly a: Value; readonly b: Value; readonly c: Value },
): void {
  const size = a.shape[0]!;
  tape.groups(
    product,
    [size / TILE, size / TILE, 1],
    { buffers: { a, b, c }, whole: { size }, real: {} },
    TILE * TILE * size,
  );
}

const copied = kernel(
  "copy",
  { over: "elements", buffers: { x: "read vec4f", y: "write vec4f" } },
  "y[index] = x[index];",
);

/** Copies an array whose elements are a multiple of four. */
export function copy(tape: Tape, from: Value, to: Value): void {
  tape.over(copied, sizeOf(from) / 4, { buffers: { x: from, y: to }, whole: {}, real: {} });
}
