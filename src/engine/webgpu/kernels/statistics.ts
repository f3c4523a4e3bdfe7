/**
 * Sums over sets of a tensor. It is seen as [outer, sets, inner], row-major, of which set s holds all of [:, s, :]: for batch
 * normalisation [N, channels, voxels], for groups of channels [1, N groups, channels of a group x voxels].
 *
 * A set is cut into chunks of 1,024 elements, a group of invocations each, so that a few large sets keep a device as busy as many small
 * ones; then, where there are several, a group a set puts its chunks together. No sum runs one after the other over more than 16 elements
 * of a set, or more than a 64th of its chunks.
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

const LANES = 64;
const PER_LANE = 16;
const CHUNK = LANES * PER_LANE;

/** How groups go through chunks. */
export const CHUNK_GROUP = { over: "groups", workgroup: LANES } as const;

/** Numbers of the kernels over chunks. */
export const CHUNK_SIZES = ["sets", "inner", "size", "chunks"] as const;

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

/** Mean and variance of each chunk. It is read once: its values stay in registers. */
const chunkMoments = kernel(
  "moments of chunks",
  {
    ...CHUNK_GROUP,
    whole: CHUNK_SIZES,
    buffers: { x: "read f32", mean: "write f32", variance: "write f32" },
    declarations: `var<workgroup> sums: array<f32, ${LANES}>;`,
  },
  `${CHUNK_OF_SET}
  var values = array<f32, ${PER_LANE}>();
  var sum = 0.0;
  ${eachElement("values[step] = x[element]; sum += values[step];")}
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  let middle = sums[0] / f32(have);
  workgroupBarrier();
  sum = 0.0;
  for (var step = 0u; step < ${PER_LANE}u; step++) {
    if (step * ${LANES}u + lane < have) { sum += (values[step] - middle) * (values[step] - middle); }
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  if (lane == 0u) { mean[group.z] = middle; variance[group.z] = sums[0] / f32(have); }`,
);

/** Of chunks of n_i elements with means m_i and variances v_i: m = sum n_i m_i / n and v = sum n_i (v_i + (m_i - m)^2) / n. */
const mergeMoments = kernel(
  "moments",
  {
    ...CHUNK_GROUP,
    whole: ["size", "chunks"],
    buffers: { means: "read f32", variances: "read f32", mean: "write f32", variance: "write f32" },
    declarations: `var<workgroup> sums: array<f32, ${LANES}>;
fn have(chunk: u32) -> f32 { return f32(min(${CHUNK}u, shape.size - chunk * ${CHUNK}u)); }`,
  },
  `
  let first = group.z * shape.chunks;
  let reference = means[first];
  var sum = 0.0;
  for (var chunk = lane; chunk < shape.chunks; chunk += ${LANES}u) {
    sum += have(chunk) * (means[first + chunk] - reference);
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  let merged = reference + sums[0] / f32(shape.size);
  workgroupBarrier();
  sum = 0.0;
  for (var chunk = lane; chunk < shape.chunks; chunk += ${LANES}u) {
    let away = means[first + chunk] - merged;
    sum += have(chunk) * (variances[first + chunk] + away * away);
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
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
  const momentsLike = (count: number): Moments => ({
    mean: tape.value("mean", [count]),
    variance: tape.value("variance", [count]),
  });
  const ofChunks = momentsLike(sets.sets * chunks);
  tape.groups(
    chunkMoments,
    [1, 1, sets.sets * chunks],
    { buffers: { x, ...ofChunks }, whole, real: {} },
    2 * CHUNK,
  );
  if (chunks === 1) return ofChunks;
  const ofSets = momentsLike(sets.sets);
  tape.groups(
    mergeMoments,
    [1, 1, sets.sets],
    {
      buffers: { means: ofChunks.mean, variances: ofChunks.variance, ...ofSets },
      whole,
      real: {},
    },
    LANES + 4 * chunks,
  );
  return ofSets;
}

/** Workgroup variables of `gradientSumsBody`. */
export const GRADIENT_SUMS = `var<workgroup> totals: array<f32, ${LANES}>;\nvar<workgroup> products: array<f32, ${LANES}>;`;

/**
 * Body of a kernel over chunks that writes their `total` and their `correlation`.
 * @param each adds the gradient at `element` to `sum`, and its product with x - `center` to `product`
 * @param before what stands before; `of_set`, `center` and `deviation` are known. A moment is that of `shape.sharing` neighbouring sets
 */
export const gradientSumsBody = (each: string, before = ""): string => `${CHUNK_OF_SET}
  let center = mean[of_set / shape.sharing];
  let deviation = sqrt(variance[of_set / shape.sharing] + shape.epsilon);
  ${before}
  var sum = 0.0;
  var product = 0.0;
  ${eachElement(each)}
  totals[lane] = sum;
  products[lane] = product;
  ${treeSum(["totals", "products"], LANES)}
  if (lane == 0u) {
    total[group.z] = totals[0];
    correlation[group.z] = products[0] / deviation;
  }`;

const mergeGradientSums = kernel(
  "gradient sums",
  {
    ...CHUNK_GROUP,
    whole: ["chunks"],
    buffers: { totals: "read f32", correlations: "read f32", total: "write f32", correlation: "write f32" },
    declarations: `var<workgroup> sums: array<vec2f, ${LANES}>;`,
  },
  `
  var sum = vec2f();
  for (var chunk = lane; chunk < shape.chunks; chunk += ${LANES}u) {
    let place = group.z * shape.chunks + chunk;
    sum += vec2f(totals[place], correlations[place]);
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  if (lane == 0u) { total[group.z] = sums[0].x; correlation[group.z] = sums[0].y; }`,
);

/** With x^ = (x - mean) / sqrt(variance + epsilon): */
export interface GradientSums {
  /** [sets] sum of dy */
  readonly total: Value;
  /** [sets] sum of dy x^ */
  readonly correlation: Value;
}

/** A dispatch over chunks. */
export interface Chunks {
  /** [sets x chunks], which it writes. */
  readonly sums: GradientSums;
  readonly groups: readonly [number, number, number];
  /** Numbers of the kernel. */
  readonly whole: { readonly [Name in (typeof CHUNK_SIZES)[number]]: number };
  /** Of each group. */
  readonly work: number;
}

/** @param record the sums of the chunks */
export function gradientSumsInChunks(
  tape: Tape,
  sets: Sets,
  record: (ofChunks: Chunks) => void,
): GradientSums {
  const { whole, chunks } = sizesOf(sets);
  const sumsLike = (count: number): GradientSums => ({
    total: tape.value("sum of dy", [count]),
    correlation: tape.value("sum of dy x^", [count]),
  });
  const ofChunks = sumsLike(sets.sets * chunks);
  record({ sums: ofChunks, groups: [1, 1, sets.sets * chunks], whole, work: 2 * CHUNK });
  if (chunks === 1) return ofChunks;
  const ofSets = sumsLike(sets.sets);
  const buffers = { totals: ofChunks.total, correlations: ofChunks.correlation, ...ofSets };
  tape.groups(mergeGradientSums, [1, 1, sets.sets], { buffers, whole, real: {} }, LANES + chunks);
  return ofSets;
}

function sizesOf(sets: Sets) {
  const size = setSize(sets);
  const chunks = Math.ceil(size / CHUNK);
  return { whole: { sets: sets.sets, inner: sets.inner, size, chunks }, chunks };
}

const sumOfRows = kernel(
  "sum of rows",
  {
    ...CHUNK_GROUP,
    whole: ["rows", "columns"],
    buffers: { values: "read f32", sum: "write f32" },
    declarations: `var<workgroup> sums: array<f32, ${LANES}>;`,
  },
  `
  var part = 0.0;
  for (var row = lane; row < shape.rows; row += ${LANES}u) { part += values[row * shape.columns + group.z]; }
  sums[lane] = part;
  ${treeSum(["sums"], LANES)}
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
    LANES + rows,
  );
}
