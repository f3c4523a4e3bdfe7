/**
 * Maximum pooling with PyTorch's indices, which TensorFlow.js does not have in three dimensions: among equal values the first
 * in the order of memory is the maximum.
 *
 * A window is reduced axis by axis, from the last to the first. Where the maximum stands travels along: at each axis the
 * earlier of equals stays, so in the end the first plane that holds the maximum is found, in it the first row, in it the
 * first voxel. That is the first in the order of memory.
 *
 * A place is a row and a column of the whole tensor [N, ...spatial, channels] seen as a matrix of N * ... rows (all axes but
 * the last two) and size * channels columns. Both are small enough to be exact in float32. They stay in float32 until they
 * are used as indices: of int32 TensorFlow stacks, compares and pads on the processor only, and would fetch them from the GPU.
 */
import type { PerAxis } from "../../../network/shapes/axes";
import { elementCount } from "../../../network/weights/tensor";
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";

export interface Windows {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}

export type Maxima = {
  /** [N, ...windows, channels] */
  readonly values: DeviceTensor;
  /** Row and column of each, float32 [values, 2]. */
  readonly positions: DeviceTensor;
};

/** The maximum of each window of `map` [N, ...spatial, channels] and where it stands. */
export function findMaxima(tf: TensorFlow, map: DeviceTensor, { kernel, stride }: Windows): Maxima {
  let found: Places = { values: map, ...coordinates(tf, map.shape) };
  for (let axis = kernel.length - 1; axis >= 0; axis--) {
    found = reduceAxis(tf, found, axis + 1, kernel[axis]!, stride[axis]!);
  }
  const places = [found.rows, found.columns].map((place) =>
    tf.reshape(tf.broadcastTo(place, found.values.shape), [-1]),
  );
  return { values: found.values, positions: tf.stack(places, 1) };
}

/** A map of `shape` with `values` at `positions`, summed where there are several, and 0 elsewhere. */
export function scatter(
  tf: TensorFlow,
  values: DeviceTensor,
  positions: DeviceTensor,
  shape: readonly number[],
): DeviceTensor {
  const flat = tf.reshape(values, [values.size]);
  return tf.reshape(tf.scatterND(asIndices(tf, positions), flat, matrixShape(shape)), [...shape]);
}

/** The values of `map` at `positions`, in `shape`. */
export function gather(
  tf: TensorFlow,
  map: DeviceTensor,
  positions: DeviceTensor,
  shape: readonly number[],
): DeviceTensor {
  const matrix = tf.reshape(map, matrixShape(map.shape));
  return tf.reshape(tf.gatherND(matrix, asIndices(tf, positions)), [...shape]);
}

const asIndices = (tf: TensorFlow, positions: DeviceTensor) => tf.cast(positions, "int32");

/**
 * 1 for each window whose maximum is not also that of a later window, else 0; undefined where windows do not overlap.
 * PyTorch's unpooling writes one window after the other: at a place that several point to, the last value stays.
 * @param shape [N, ...windows, channels]
 */
export function prevailingWindows(
  tf: TensorFlow,
  positions: DeviceTensor,
  shape: readonly number[],
  { kernel, stride }: Windows,
): DeviceTensor | undefined {
  const reach = kernel.map((size, axis) => Math.ceil(size / stride[axis]!) - 1);
  if (reach.every((steps) => steps === 0)) return undefined;
  const places = tf.unstack(positions, 1).map((place) => tf.reshape(place, [...shape]));
  const overruled = laterNeighbours(reach).map((shift) =>
    places
      .map((place) => tf.equal(place, shifted(tf, place, shift)))
      .reduce((sameRow, sameColumn) => tf.logicalAnd(sameRow, sameColumn)),
  );
  const any = overruled.reduce((one, other) => tf.logicalOr(one, other));
  return tf.cast(tf.logicalNot(any), "float32");
}

type Places = {
  readonly values: DeviceTensor;
  /** Of the shape of the values, or 1 along axes on which they do not depend yet. */
  readonly rows: DeviceTensor;
  readonly columns: DeviceTensor;
};

/** Row and column of every element: [N, ...spatial but the last, 1, 1] and [1, ..., 1, last size, channels]. */
function coordinates(tf: TensorFlow, shape: readonly number[]): Omit<Places, "values"> {
  const [rows, columns] = matrixShape(shape);
  const leading = shape.slice(0, -2);
  return {
    rows: tf.reshape(tf.range(0, rows), [...leading, 1, 1]),
    columns: tf.reshape(tf.range(0, columns), [...leading.map(() => 1), ...shape.slice(-2)]),
  };
}

function matrixShape(shape: readonly number[]): [number, number] {
  return [elementCount(shape.slice(0, -2)), elementCount(shape.slice(-2))];
}

function reduceAxis(tf: TensorFlow, places: Places, axis: number, kernel: number, stride: number): Places {
  return tf.tidy(() => {
    const size = places.values.shape[axis]!;
    const lastWindow = Math.floor((size - kernel) / stride) * stride;
    const element = (tensor: DeviceTensor, offset: number) =>
      tensor.shape[axis] === size
        ? tf.gather(tensor, tf.range(offset, offset + lastWindow + 1, stride, "int32"), axis)
        : tensor;
    const placesAt = (offset: number): Places => ({
      values: element(places.values, offset),
      rows: element(places.rows, offset),
      columns: element(places.columns, offset),
    });
    let best = placesAt(0);
    for (let offset = 1; offset < kernel; offset++) {
      best = larger(tf, best, placesAt(offset));
    }
    return best;
  });
}

/** Whichever value is larger, the first of equals. */
function larger(tf: TensorFlow, first: Places, second: Places): Places {
  const isSecond = tf.greater(second.values, first.values);
  const choose = (ofFirst: DeviceTensor, ofSecond: DeviceTensor) =>
    ofFirst === ofSecond ? ofFirst : tf.where(isSecond, ofSecond, ofFirst);
  return {
    values: choose(first.values, second.values),
    rows: choose(first.rows, second.rows),
    columns: choose(first.columns, second.columns),
  };
}

/** All steps to windows that come later in the order of memory, up to `reach` along each axis. */
function laterNeighbours(reach: PerAxis): number[][] {
  const all = reach.reduce<number[][]>(
    (shifts, steps) =>
      shifts.flatMap((shift) =>
        Array.from({ length: 2 * steps + 1 }, (_, index) => [...shift, index - steps]),
      ),
    [[]],
  );
  return all.filter((shift) => (shift.find((step) => step !== 0) ?? 0) > 0);
}

/** `map` [N, ...windows, channels] moved so that each window finds there what its neighbour has; -1 beyond the border. */
function shifted(tf: TensorFlow, map: DeviceTensor, shift: PerAxis): DeviceTensor {
  const steps = [0, ...shift, 0];
  const paddings = steps.map((step): [number, number] => [Math.max(0, -step), Math.max(0, step)]);
  const padded = tf.pad(map, paddings, -1);
  return tf.slice(
    padded,
    steps.map((step) => Math.max(0, step)),
    map.shape,
  );
}
