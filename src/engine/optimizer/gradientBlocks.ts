/**
 * A gradient, a block at a time, in the scratch of the parameter store. A block is small enough to stay in the cache of the
 * processor until the optimizer has used it: the product of two factors is made there and never written as a whole.
 */
import { elementCount } from "../../network/weights/tensor";
import type { Kernels } from "./kernels";
import type { Gradient } from "./optimizer";

/** Values `start` (a multiple of 4), `start + 1`, ... of a gradient, row-major; valid until the next block is asked for. */
export interface GradientBlock {
  readonly start: number;
  readonly gradient: Float32Array;
}

/** 128 KB: a part of a usual second-level cache, beside the weights and moments. */
const BLOCK_LENGTH = 2 ** 15;
/** The kernel makes four rows at once. Blocks of four rows also begin at whole vectors, as the updates require. */
const KERNEL_ROWS = 4;

/**
 * The blocks of the gradient of a parameter of `shape`, in order.
 * Throws if the gradient has not that shape, or if factors are given for something else than a matrix.
 */
export function* gradientBlocks(
  gradient: Gradient,
  shape: readonly number[],
  scratch: Float32Array,
  kernels: Kernels,
): Generator<GradientBlock> {
  switch (gradient.kind) {
    case "dense": {
      const length = elementCount(shape);
      if (gradient.data.length !== length)
        throw new Error(`a gradient of ${gradient.data.length} values for a parameter of ${length}`);
      yield* denseBlocks(gradient.data, scratch);
      return;
    }
    case "factors": {
      const matrix = matrixShape(shape);
      checkFactors(gradient, matrix);
      yield* factorBlocks(gradient, matrix, scratch, kernels);
      return;
    }
  }
}

type Factors = Extract<Gradient, { kind: "factors" }>;

interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

function matrixShape(shape: readonly number[]): Matrix {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined)
    throw new Error(
      `the gradient of a parameter of shape [${shape.join(", ")}] has no factors: it is no matrix`,
    );
  return { rows, columns };
}

function checkFactors({ count, left, right }: Factors, { rows, columns }: Matrix): void {
  if (count < 1 || left.length !== count * rows || right.length !== count * columns)
    throw new Error(
      `factors of ${left.length} and ${right.length} values for ${count} times ${rows} rows and ${columns} columns`,
    );
}

function* denseBlocks(data: Float32Array, scratch: Float32Array): Generator<GradientBlock> {
  for (let start = 0; start < data.length; start += BLOCK_LENGTH) {
    const values = data.subarray(start, start + BLOCK_LENGTH);
    const block = scratch.subarray(0, values.length);
    block.set(values);
    yield { start, gradient: block };
  }
}

function* factorBlocks(
  { count, left, right }: Factors,
  { rows, columns }: Matrix,
  scratch: Float32Array,
  kernels: Kernels,
): Generator<GradientBlock> {
  const { rowsPerBlock, countPerChunk } = planFactorBlocks(rows, columns, count, scratch.length);
  const leftStart = rowsPerBlock * columns;
  const rightStart = leftStart + countPerChunk * rows;
  const gather = (first: number, chunk: number): void => {
    scratch.set(left.subarray(first * rows, (first + chunk) * rows), leftStart);
    scratch.set(right.subarray(first * columns, (first + chunk) * columns), rightStart);
  };
  const gatheredOnce = countPerChunk === count;
  if (gatheredOnce) gather(0, count);

  for (let firstRow = 0; firstRow < rows; firstRow += rowsPerBlock) {
    const blockRows = Math.min(rowsPerBlock, rows - firstRow);
    const block = scratch.subarray(0, blockRows * columns);
    for (let first = 0; first < count; first += countPerChunk) {
      const chunk = Math.min(countPerChunk, count - first);
      if (!gatheredOnce) gather(first, chunk);
      kernels.sumOuterProducts(
        block,
        scratch.subarray(leftStart + firstRow, rightStart),
        scratch.subarray(rightStart),
        { count: chunk, rows: blockRows, columns, leftStride: rows },
        first > 0,
      );
    }
    yield { start: firstRow * columns, gradient: block };
  }
}

/**
 * How many rows of the product are made at a time, and from how many of the `count` pairs of factors, so that both fit in
 * `capacity` floats (at least `leastCapacity`). As a rule all pairs do, and the block is as small as the cache likes it; if
 * not, the pairs come in chunks, again for every block, and the blocks are therefore large.
 */
export function planFactorBlocks(
  rows: number,
  columns: number,
  count: number,
  capacity: number,
): { readonly rowsPerBlock: number; readonly countPerChunk: number } {
  const pair = rows + columns;
  const rowsIn = (length: number) =>
    Math.min(rows, Math.max(1, Math.floor(length / columns / KERNEL_ROWS)) * KERNEL_ROWS);
  const cachedRows = rowsIn(BLOCK_LENGTH);
  if (cachedRows * columns + count * pair <= capacity)
    return { rowsPerBlock: cachedRows, countPerChunk: count };
  const rowsPerBlock = rowsIn(capacity / 2);
  const countPerChunk = Math.min(count, Math.floor((capacity - rowsPerBlock * columns) / pair));
  return { rowsPerBlock, countPerChunk };
}

/** Scratch that a matrix cannot do without: half of it for the rows of the kernel, the other half for a pair of factors. */
export function leastCapacity(rows: number, columns: number): number {
  return 2 * Math.max(KERNEL_ROWS * columns, rows + columns);
}
