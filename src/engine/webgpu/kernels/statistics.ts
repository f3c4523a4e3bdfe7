/**
 * Sums over sets of a tensor. It is seen as [outer, sets, inner], row-major, of which set s holds all of [:, s, :]: for batch
 * normalisation [N, channels, voxels], for groups of channels [1, N groups, channels of a group x voxels].
 *
 * A set is cut into chunks of 4,096 elements, a group of invocations each, so that a few large sets keep a device as busy as many small
 * ones; then a group a set puts its chunks together. No sum runs one after the other over more than 16 elements of a set, or more than a
 * 64th of its chunks.
 */
import { kernel } from "../kernel/kernel";
import { treeSum } from "../kernel/snippets";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

export interface Sets {
  readonly outer: number;
  readonly sets: number;
  readonly inner: number;
}

/** Elements of each set. */
export const setSize = ({ outer, inner }: Sets): number => outer * inner;

const LANES = 256;
const PER_LANE = 16;
const CHUNK = LANES * PER_LANE;
const MERGING = 64;

const SIZES = ["sets", "inner", "size", "chunks"] as const;

/** Of the kernels over chunks: which chunk of which set, and how many elements it has. */
const CHUNK_OF_SET = `
  let of_set = group.z / shape.chunks;
  let begin = (group.z % shape.chunks) * ${CHUNK}u;
  let have = min(${CHUNK}u, shape.size - begin);`;

/** Goes through the elements of an invocation: `element` is the place in the tensor, `step` counts. */
const eachElement = (body: string): string => `
  for (var step = 0u; step < ${PER_LANE}u; step++) {
    let offset = step * ${LANES}u + lane;
    if (offset < have) {
      let place = begin + offset;
      let element = ((place / shape.inner) * shape.sets + of_set) * shape.inner + place % shape.inner;
      ${body}
    }
  }`;

/** Mean of each chunk and the sum of squares about it. The chunk is read once: it stays in registers. */
const chunkMoments = kernel(
  "moments of chunks",
  {
    over: "groups",
    workgroup: LANES,
    whole: SIZES,
    buffers: { x: "read f32", moments: "write vec2f" },
    declarations: `var<workgroup> sums: array<f32, ${LANES}>;`,
  },
  `${CHUNK_OF_SET}
  var values = array<f32, ${PER_LANE}>();
  var sum = 0.0;
  ${eachElement("values[step] = x[element]; sum += values[step];")}
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  let mean = sums[0] / f32(have);
  workgroupBarrier();
  sum = 0.0;
  for (var step = 0u; step < ${PER_LANE}u; step++) {
    if (step * ${LANES}u + lane < have) { sum += (values[step] - mean) * (values[step] - mean); }
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  if (lane == 0u) { moments[group.z] = vec2f(mean, sums[0]); }`,
);

/** With chunks of n_i elements, means m_i and sums of squares q_i: m = sum n_i m_i / n and q = sum (q_i + n_i (m_i - m)^2). */
const mergeMoments = kernel(
  "moments",
  {
    over: "groups",
    workgroup: MERGING,
    whole: ["size", "chunks"],
    buffers: { moments: "read vec2f", mean: "write f32", variance: "write f32" },
    declarations: `var<workgroup> sums: array<f32, ${MERGING}>;
fn have(chunk: u32) -> f32 { return f32(min(${CHUNK}u, shape.size - chunk * ${CHUNK}u)); }`,
  },
  `
  let first = group.z * shape.chunks;
  let reference = moments[first].x;
  var sum = 0.0;
  for (var chunk = lane; chunk < shape.chunks; chunk += ${MERGING}u) {
    sum += have(chunk) * (moments[first + chunk].x - reference);
  }
  sums[lane] = sum;
  ${treeSum(["sums"], MERGING)}
  let merged = reference + sums[0] / f32(shape.size);
  workgroupBarrier();
  sum = 0.0;
  for (var chunk = lane; chunk < shape.chunks; chunk += ${MERGING}u) {
    let of_chunk = moments[first + chunk];
    sum += of_chunk.y + have(chunk) * (of_chunk.x - merged) * (of_chunk.x - merged);
  }
  sums[lane] = sum;
  ${treeSum(["sums"], MERGING)}
  if (lane == 0u) { mean[group.z] = merged; variance[group.z] = sums[0] / f32(shape.size); }`,
);

export interface Moments {
  /** [sets] */
  readonly mean: Value;
  /** [sets], divided by the number of elements, not by one less. */
  readonly variance: Value;
}

/**
 * Mean and variance of each set, in one reading: the moments of chunks about their own means, merged by the formula of Chan, Golub and
 * LeVeque (1983). Sums of squares about 0 would lose the digits that the mean takes, and those of a long background of equal values drift.
 */
export function momentsOf(tape: Tape, x: Value, sets: Sets): Moments {
  const { whole, chunks } = sizesOf(sets);
  const moments = tape.value("moments of chunks", [sets.sets * chunks, 2]);
  const mean = tape.value("mean", [sets.sets]);
  const variance = tape.value("variance", [sets.sets]);
  tape.groups(
    chunkMoments,
    [1, 1, sets.sets * chunks],
    { buffers: { x, moments }, whole, real: {} },
    2 * CHUNK,
  );
  tape.groups(
    mergeMoments,
    [1, 1, sets.sets],
    { buffers: { moments, mean, variance }, whole, real: {} },
    MERGING + 4 * chunks,
  );
  return { mean, variance };
}

const chunkGradientSums = kernel(
  "gradient sums of chunks",
  {
    over: "groups",
    workgroup: LANES,
    whole: [...SIZES, "sharing"],
    real: ["epsilon"],
    buffers: { dy: "read f32", x: "read f32", mean: "read f32", variance: "read f32", parts: "write vec2f" },
    declarations: `var<workgroup> totals: array<f32, ${LANES}>;\nvar<workgroup> products: array<f32, ${LANES}>;`,
  },
  `${CHUNK_OF_SET}
  let center = mean[of_set / shape.sharing];
  var total = 0.0;
  var product = 0.0;
  ${eachElement("let slope = dy[element]; total += slope; product += slope * (x[element] - center);")}
  totals[lane] = total;
  products[lane] = product;
  ${treeSum(["totals", "products"], LANES)}
  if (lane == 0u) {
    parts[group.z] = vec2f(totals[0], products[0] / sqrt(variance[of_set / shape.sharing] + shape.epsilon));
  }`,
);

const mergeGradientSums = kernel(
  "gradient sums",
  {
    over: "groups",
    workgroup: MERGING,
    whole: ["chunks"],
    buffers: { parts: "read vec2f", total: "write f32", correlation: "write f32" },
    declarations: `var<workgroup> sums: array<vec2f, ${MERGING}>;`,
  },
  `
  var sum = vec2f();
  for (var chunk = lane; chunk < shape.chunks; chunk += ${MERGING}u) { sum += parts[group.z * shape.chunks + chunk]; }
  sums[lane] = sum;
  ${treeSum(["sums"], MERGING)}
  if (lane == 0u) { total[group.z] = sums[0].x; correlation[group.z] = sums[0].y; }`,
);

/** With x^ = (x - mean) / sqrt(variance + epsilon): */
export interface GradientSums {
  /** [sets] sum of dy */
  readonly total: Value;
  /** [sets] sum of dy x^ */
  readonly correlation: Value;
}

/** @param moments of which each is that of as many neighbouring sets (`sharing`) as there are sets for each moment */
export function gradientSums(
  tape: Tape,
  {
    dy,
    x,
    moments,
    epsilon,
  }: { readonly dy: Value; readonly x: Value; readonly moments: Moments; readonly epsilon: number },
  sets: Sets,
): GradientSums {
  const { whole, chunks } = sizesOf(sets);
  const parts = tape.value("gradient sums of chunks", [sets.sets * chunks, 2]);
  const total = tape.value("sum of dy", [sets.sets]);
  const correlation = tape.value("sum of dy x^", [sets.sets]);
  tape.groups(
    chunkGradientSums,
    [1, 1, sets.sets * chunks],
    {
      buffers: { dy, x, ...moments, parts },
      whole: { ...whole, sharing: sets.sets / sizeOf(moments.mean) },
      real: { epsilon },
    },
    2 * CHUNK,
  );
  tape.groups(
    mergeGradientSums,
    [1, 1, sets.sets],
    { buffers: { parts, total, correlation }, whole, real: {} },
    MERGING + chunks,
  );
  return { total, correlation };
}

function sizesOf(sets: Sets) {
  const size = setSize(sets);
  const chunks = Math.ceil(size / CHUNK);
  return { whole: { sets: sets.sets, inner: sets.inner, size, chunks }, chunks };
}

const sumOfRows = kernel(
  "sum of rows",
  {
    over: "groups",
    workgroup: MERGING,
    whole: ["rows", "columns"],
    buffers: { values: "read f32", sum: "write f32" },
    declarations: `var<workgroup> sums: array<f32, ${MERGING}>;`,
  },
  `
  var part = 0.0;
  for (var row = lane; row < shape.rows; row += ${MERGING}u) { part += values[row * shape.columns + group.z]; }
  sums[lane] = part;
  ${treeSum(["sums"], MERGING)}
  if (lane == 0u) { sum[group.z] = sums[0]; }`,
);

/** Adds up the rows of `values`, seen as [rows, columns], into `into` [columns]. */
export function addRows(tape: Tape, values: Value, into: Value): void {
  const columns = sizeOf(into);
  const rows = sizeOf(values) / columns;
  tape.groups(
    sumOfRows,
    [1, 1, columns],
    { buffers: { values, sum: into }, whole: { rows, columns }, real: {} },
    MERGING + rows,
  );
}
