/** Sums, means and maxima. */
import { reshape } from "./arrangement";
import type { Shape, Value } from "./graphBuilder";

/** Sum over `axes`; they stay with size 1 where `keep` says so. */
export function reduceSum(value: Value, axes: readonly number[], keep: "keep" | "drop"): Value {
  const list = value.graph.constant("int64", [axes.length], axes);
  const output = { type: value.type, shape: reducedShape(value.shape, axes, keep) };
  return value.graph.node("ReduceSum", [value, list], output, { keepdims: { int: keep === "keep" ? 1 : 0 } });
}

export function reduceMean(value: Value, axes: readonly number[], keep: "keep" | "drop"): Value {
  const output = { type: value.type, shape: reducedShape(value.shape, axes, keep) };
  return value.graph.node("ReduceMean", [value], output, {
    axes: { ints: axes },
    keepdims: { int: keep === "keep" ? 1 : 0 },
  });
}

/** Largest element over `axes`, which stay with size 1. */
export function reduceMax(value: Value, axes: readonly number[]): Value {
  const output = { type: value.type, shape: reducedShape(value.shape, axes, "keep") };
  return value.graph.node("ReduceMax", [value], output, { axes: { ints: axes }, keepdims: { int: 1 } });
}

/** Smallest element over `axes`, which stay with size 1. */
export function reduceMin(value: Value, axes: readonly number[]): Value {
  const output = { type: value.type, shape: reducedShape(value.shape, axes, "keep") };
  return value.graph.node("ReduceMin", [value], output, { axes: { ints: axes }, keepdims: { int: 1 } });
}

/**
 * Sum of each channel of [N, channels, ...spatial], as [1, channels, 1, ...]. The runtime adds all elements of a channel one
 * after the other in float32, which loses up to 4 digits over a million of them; summing rows or planes first keeps them.
 */
export function channelSum(value: Value): Value {
  const { inner, outer } = levels(value);
  return reduceSum(inner.length === 0 ? value : reduceSum(value, inner, "keep"), outer, "keep");
}

/** Mean of each channel of [N, channels, ...spatial], as [1, channels, 1, ...], in two levels as {@link channelSum}. */
export function channelMean(value: Value): Value {
  const { inner, outer } = levels(value);
  return reduceMean(inner.length === 0 ? value : reduceMean(value, inner, "keep"), outer, "keep");
}

/** Mean of all elements, as a scalar, in two levels as {@link channelSum}. */
export function totalMean(value: Value): Value {
  const means = channelMean(value);
  return reshape(reduceMean(means, [1], "keep"), []);
}

function levels(value: Value): { inner: number[]; outer: number[] } {
  const axes = value.shape.map((_, axis) => axis);
  const inner = value.shape.length >= 5 ? axes.slice(-2) : axes.slice(2).slice(-1);
  return { inner, outer: axes.filter((axis) => axis !== 1 && !inner.includes(axis)) };
}

function reducedShape(shape: Shape, axes: readonly number[], keep: "keep" | "drop"): Shape {
  const ones = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return keep === "keep" ? ones : ones.filter((_, axis) => !axes.includes(axis));
}
