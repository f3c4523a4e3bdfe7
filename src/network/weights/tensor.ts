/**
 * Named arrays: what a state dict holds, and what travels between a network, an engine and a file.
 * Shapes and names are PyTorch's, data is in row-major (C) order.
 */

export type FloatTensor = {
  readonly dtype: "float32";
  readonly shape: readonly number[];
  readonly data: Float32Array;
};
export type DoubleTensor = {
  readonly dtype: "float64";
  readonly shape: readonly number[];
  readonly data: Float64Array;
};
export type LongTensor = {
  readonly dtype: "int64";
  readonly shape: readonly number[];
  readonly data: BigInt64Array;
};
export type Tensor = FloatTensor | DoubleTensor | LongTensor;

/** Parameters and buffers by PyTorch name, in PyTorch's order (a Map keeps insertion order). */
export type StateDict = ReadonlyMap<string, Tensor>;

/** Number of elements of a shape; 1 for a scalar (empty shape). */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A number as torch's copy_ makes an int64 of it: without its decimals. What is not finite becomes 0. */
export function toInt64(value: number | bigint): bigint {
  if (typeof value === "bigint") return value;
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}
