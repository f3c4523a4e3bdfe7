import { describe, expect, it } from "vitest";
import {
  findMaxima,
  gather,
  prevailingWindows,
  scatter,
} from "../../../../src/engine/tensorflow/operations/pooling";
import { elementCount } from "../../../../src/network/weights/tensor";
import { spread } from "../../../support/engineSuite/layerCases";
import { tf } from "../../../support/tensorFlow";

interface PoolingCase {
  readonly name: string;
  /** [N, ...spatial, channels] */
  readonly shape: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
}

const cases: readonly PoolingCase[] = [
  { name: "windows that tile", shape: [2, 4, 6, 4, 3], kernel: [2, 2, 2], stride: [2, 2, 2] },
  { name: "windows that overlap", shape: [2, 7, 5, 5, 2], kernel: [3, 3, 3], stride: [2, 1, 2] },
  { name: "windows apart", shape: [1, 8, 7, 3], kernel: [2, 1], stride: [3, 2] },
  { name: "a map of one plane", shape: [2, 1, 4, 4, 1], kernel: [1, 2, 3], stride: [1, 2, 1] },
];

/** Every window in the order of memory: its index in [N, ...windows, channels] and the flat places it covers, in order. */
function* windowsOf({ shape, kernel, stride }: PoolingCase): Generator<readonly number[]> {
  const [samples, ...rest] = shape as [number, ...number[]];
  const spatial = rest.slice(0, -1);
  const channels = rest.at(-1)!;
  const counts = spatial.map((size, axis) => Math.floor((size - kernel[axis]!) / stride[axis]!) + 1);
  for (const [sample, ...place] of places([samples, ...counts, channels])) {
    const channel = place.at(-1)!;
    yield places(kernel).map((offset) => {
      const position = offset.map((step, axis) => place[axis]! * stride[axis]! + step);
      return [sample!, ...position, channel].reduce((flat, step, axis) => flat * shape[axis]! + step, 0);
    });
  }
}

/** All index tuples of a shape, in the order of memory. */
function places(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (tuples, size) =>
      tuples.flatMap((tuple) => Array.from({ length: size }, (_, index) => [...tuple, index])),
    [[]],
  );
}

/** Few different values, so that most windows have several maxima. */
const withTies = (count: number) => spread(count, 5).map((value) => Math.round(2 * value));

describe.each(cases)("$name", (each) => {
  const values = withTies(elementCount(each.shape));
  const map = tf.tensor(values, [...each.shape]);
  const maxima = findMaxima(tf, map, each);
  const firstMaxima = [...windowsOf(each)].map((window) =>
    window.reduce((best, place) => (values[place]! > values[best]! ? place : best)),
  );

  it("finds the first maximum in the order of memory, as PyTorch does", () => {
    const columns = elementCount(each.shape.slice(-2));
    const found = maxima.positions.arraySync() as number[][];
    expect(found.map(([row, column]) => row! * columns + column!)).toEqual(firstMaxima);
    expect([...maxima.values.dataSync()]).toEqual(firstMaxima.map((place) => values[place]));
  });

  it("adds up what several windows put at one place", () => {
    const added = new Float32Array(values.length);
    firstMaxima.forEach((place, window) => {
      added[place]! += window;
    });
    const windows = tf.tensor(
      firstMaxima.map((_, window) => window),
      maxima.values.shape,
    );
    expect([...scatter(tf, windows, maxima.positions, each.shape).dataSync()]).toEqual([...added]);
  });

  it("keeps the last where several windows share a maximum, as PyTorch's unpooling does", () => {
    const unpooled = new Float32Array(values.length);
    firstMaxima.forEach((place, window) => {
      unpooled[place] = window;
    });
    const windows = tf.tensor(
      firstMaxima.map((_, window) => window),
      maxima.values.shape,
    );
    const prevailing = prevailingWindows(tf, maxima.positions, maxima.values.shape, each);
    const kept = prevailing === undefined ? windows : tf.mul(windows, prevailing);
    expect([...scatter(tf, kept, maxima.positions, each.shape).dataSync()]).toEqual([...unpooled]);
  });

  it("gives every window what stands at its place", () => {
    const gathered = gather(tf, map, maxima.positions, maxima.values.shape);
    expect([...gathered.dataSync()]).toEqual(firstMaxima.map((place) => values[place]));
  });
});
