/** Operators that move elements without computing with them. */
import { elementCount } from "../../../network/weights/tensor";
import { describe, type GraphBuilder, type Shape, type Value } from "./graphBuilder";

const integers = (graph: GraphBuilder, list: readonly number[]): Value =>
  graph.constant("int64", [list.length], list);

export function reshape(value: Value, shape: Shape): Value {
  if (elementCount(shape) !== elementCount(value.shape)) {
    throw new Error(`${describe(value)} cannot take the shape [${shape.join(", ")}].`);
  }
  if (shape.join() === value.shape.join()) return value;
  return value.graph.node("Reshape", [value, integers(value.graph, shape)], { type: value.type, shape });
}

/** Axis i of the result is axis `permutation[i]` of `value`. */
export function transpose(value: Value, permutation: readonly number[]): Value {
  const shape = permutation.map((axis) => value.shape[axis]!);
  // Moving axes of size 1 moves no element; a reshape costs nothing.
  const moved = permutation.filter((axis) => value.shape[axis] !== 1);
  if (moved.every((axis, position) => position === 0 || axis > moved[position - 1]!)) {
    return reshape(value, shape);
  }
  return value.graph.node("Transpose", [value], { type: value.type, shape }, { perm: { ints: permutation } });
}

export interface Range {
  readonly axis: number;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Elements start..end of each of the given axes. */
export function slice(value: Value, ranges: readonly Range[]): Value {
  const shape = [...value.shape];
  for (const { axis, start, end } of ranges) {
    if (start < 0 || end > value.shape[axis]! || end < start) {
      throw new Error(`${describe(value)} has no elements ${start}..${end} on axis ${axis}.`);
    }
    shape[axis] = end - start;
  }
  if (shape.join() === value.shape.join()) return value;
  const lists = [
    ranges.map((range) => range.start),
    ranges.map((range) => range.end),
    ranges.map((range) => range.axis),
  ];
  return value.graph.node("Slice", [value, ...lists.map((list) => integers(value.graph, list))], {
    type: value.type,
    shape,
  });
}

/** The elements at `positions` along `axis`, in that order. */
export function pick(value: Value, positions: readonly number[], axis: number): Value {
  const shape = value.shape.map((size, other) => (other === axis ? positions.length : size));
  const output = { type: value.type, shape };
  const inputs = [value, integers(value.graph, positions)];
  return value.graph.node("Gather", inputs, output, { axis: { int: axis } });
}

export function concat(values: readonly Value[], axis: number): Value {
  const first = values[0]!;
  const shape = [...first.shape];
  shape[axis] = values.reduce((sum, value) => sum + value.shape[axis]!, 0);
  return first.graph.node("Concat", values, { type: first.type, shape }, { axis: { int: axis } });
}

/** Zeros before and after each axis: `before` and `after` have one entry for each axis of `value`. */
export function pad(value: Value, before: readonly number[], after: readonly number[]): Value {
  const shape = value.shape.map((size, axis) => before[axis]! + size + after[axis]!);
  if (shape.join() === value.shape.join()) return value;
  return value.graph.node("Pad", [value, integers(value.graph, [...before, ...after])], {
    type: value.type,
    shape,
  });
}

/** `value` [N, channels, ...spatial] without the first `padding` planes of each spatial axis. */
export function dropPadding(value: Value, padding: readonly number[]): Value {
  return slice(
    value,
    padding.map((before, axis) => ({ axis: axis + 2, start: before, end: value.shape[axis + 2]! })),
  );
}

/** The elements of `value` at the flat positions `indices`, in the shape of `indices`. */
export function gather(value: Value, indices: Value): Value {
  const flat = reshape(value, [elementCount(value.shape)]);
  const output = { type: value.type, shape: indices.shape };
  return value.graph.node("Gather", [flat, indices], output, { axis: { int: 0 } });
}

/** Zeros of `shape` to which each element of `updates` is added at its flat position in `indices`. */
export function scatterAdd(updates: Value, indices: Value, shape: Shape): Value {
  const { graph, type } = updates;
  const length = elementCount(shape);
  const zeros = graph.node("ConstantOfShape", [integers(graph, [length])], { type, shape: [length] });
  const count = elementCount(updates.shape);
  const inputs = [zeros, reshape(indices, [count]), reshape(updates, [count])];
  const sums = graph.node("ScatterElements", inputs, zeros, {
    axis: { int: 0 },
    reduction: { string: "add" },
  });
  return reshape(sums, shape);
}
