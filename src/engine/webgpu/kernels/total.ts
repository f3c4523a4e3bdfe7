/** The sum of all elements of an array, however many: chunks of them in trees, then the sums of the chunks. */
import { kernel } from "../kernel/kernel";
import { treeSum } from "../kernel/snippets";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

const LANES = 64;
const PER_LANE = 16;

/** Elements that a group reads. */
export const CHUNK = LANES * PER_LANE;

export const chunksOf = (elements: number): number => Math.ceil(elements / CHUNK);

/** A group that goes through a chunk: what its kernel says beside its own buffers and body. */
export const chunkGroup = { over: "groups", workgroup: LANES } as const;

/** Work of one group. */
export const CHUNK_WORK = CHUNK;

/**
 * Body of a kernel over chunks: `each`, WGSL that runs for each `element` of the chunk `group.z` of `shape.elements` and may add to
 * `sum`; then `last`, which one invocation runs and which sees the sum of the chunk as `sums[0]`. Needs CHUNK_SUMS.
 */
export const chunkBody = (each: string, last: string): string => `
  var sum = 0.0;
  for (var step = 0u; step < ${PER_LANE}u; step++) {
    let element = group.z * ${CHUNK}u + step * ${LANES}u + lane;
    if (element < shape.elements) { ${each} }
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  if (lane == 0u) { ${last} }`;

export const CHUNK_SUMS = `var<workgroup> sums: array<f32, ${LANES}>;`;

const chunkTotal = kernel(
  "sum",
  {
    ...chunkGroup,
    whole: ["elements"],
    real: ["scale"],
    buffers: { values: "read f32", result: "write f32" },
    declarations: CHUNK_SUMS,
  },
  chunkBody("sum += values[element];", "result[group.z] = shape.scale * sums[0];"),
);

/** Writes `scale` times the sum of `values` into the one element of `into`. */
export function total(tape: Tape, values: Value, into: Value, scale = 1): void {
  const elements = sizeOf(values);
  const chunks = chunksOf(elements);
  const result = chunks === 1 ? into : tape.value("sums of chunks", [chunks]);
  tape.groups(
    chunkTotal,
    [1, 1, chunks],
    { buffers: { values, result }, whole: { elements }, real: { scale: chunks === 1 ? scale : 1 } },
    CHUNK_WORK,
  );
  if (chunks > 1) total(tape, result, into, scale);
}
