import { elementCount } from "../../../network/weights/tensor";
import type { Formulation } from "../compilation";
import { transposedConvolution } from "../convolutions/transposed";
import { convolutionWeightGradient } from "../convolutions/weightGradient";
import { add, cast, isNotNegative, maximum, mul, negate, rectify, sub } from "../graph/arithmetic";
import { concat, pad, reshape, slice } from "../graph/arrangement";
import type { Shape, Value } from "../graph/graphBuilder";
import { matMul } from "../graph/matrices";
import { reduceMax, reduceMean } from "../graph/reduction";
import { bothEnds, convolve } from "../graph/windows";
import type { PooledBlock } from "./block";
import type { PooledLayout } from "./pooledLayout";

/** Largest output of the convolution, in elements, for which this layout is worth its memory. */
const MOST_ELEMENTS = 1 << 25;

/**
 * For a convolution of one channel (kernel 3, padding 1) and a pool by 2 without padding: the places of a pooling window (8
 * of a volume, 4 of an image) become channels, [N, place * out, ...pooled]. That is one convolution of stride 2, whose kernel of 4 holds
 * the kernel at a shift for each place. It multiplies matrices of a good shape, and the pool becomes a maximum over an axis,
 * several times faster than an operator that looks for places; but the way back needs two more arrays of that size.
 */
export function placesLayout(input: Value, weight: Value, formulation: Formulation): PooledLayout {
  const [batch, , ...spatial] = input.shape as readonly [number, number, ...number[]];
  const outChannels = weight.shape[0]!;
  const places = placesOfWindow(spatial.length);
  const pooled = spatial.map((size) => size / 2);
  const shape = [batch, outChannels, ...pooled];
  const window = {
    kernel: spatial.map(() => 4),
    stride: spatial.map(() => 2),
    padding: spatial.map(() => 1),
    dilation: spatial.map(() => 1),
    groups: 1,
  };
  const shiftedWeight = concat(
    places.map((place) => pad(weight, [0, 0, ...place], [0, 0, ...place.map((shift) => 1 - shift)])),
    0,
  );
  const convolved = convolve(input, shiftedWeight, { stride: window.stride, pads: bothEnds(window.padding) });
  const byPlace = (value: Value, placeCount: number) =>
    reshape(value, [batch, placeCount, outChannels * elementCount(pooled)]);
  return {
    convolved,
    channelMean(value) {
      // In two levels, as the sums of graph/reduction.ts.
      const lines = reduceMean(value, [value.shape.length - 1], "keep");
      const ofPlaces = reshape(lines, [batch, places.length, outChannels, ...pooled.slice(0, -1)]);
      const others = ofPlaces.shape.map((_, axis) => axis).filter((axis) => axis !== 2);
      return reshape(reduceMean(ofPlaces, others, "keep"), [1, outChannels, ...pooled.map(() => 1)]);
    },
    spread: (ofChannels) =>
      concat(
        places.map(() => ofChannels),
        1,
      ),
    maxima: (values) => reshape(reduceMax(byPlace(values, places.length), [1]), shape),
    pool(centered) {
      const values = byPlace(centered, places.length);
      const maxima = reduceMax(values, [1]);
      return {
        maxima: reshape(maxima, shape),
        indices() {
          return add(firstOfWindows(shape, input), reshape(offsetsOfMaxima(values, maxima, spatial), shape));
        },
        putBack(gradient) {
          const routed = mul(firstMaxima(values, maxima), byPlace(gradient, 1));
          return reshape(routed, convolved.shape);
        },
      };
    },
    weightGradient(gradient) {
      const shifted = convolutionWeightGradient(input, gradient, window, formulation);
      return places
        .map((place, index) =>
          slice(shifted, [
            { axis: 0, start: index * outChannels, end: (index + 1) * outChannels },
            ...place.map((shift, axis) => ({ axis: axis + 2, start: shift, end: shift + 3 })),
          ]),
        )
        .reduce((sum, part) => add(sum, part));
    },
    inputGradient: (gradient) => transposedConvolution(gradient, shiftedWeight, window, spatial, formulation),
  };
}

/** Whether the output of the block's convolution can be laid out by places of the pooling windows, and should be. */
export function suitsPlaces(
  { convolution: { layer }, pool }: Pick<PooledBlock, "convolution" | "pool">,
  input: Value,
): boolean {
  const isOne = (size: number) => size === 1;
  return (
    layer.kind === "Conv" &&
    layer.inChannels === 1 &&
    layer.kernel.every((size) => size === 3) &&
    layer.stride.every(isOne) &&
    layer.dilation.every(isOne) &&
    layer.padding.every(isOne) &&
    pool.layer.kernel.every((size) => size === 2) &&
    pool.layer.stride.every((size) => size === 2) &&
    (pool.layer.kind === "PadMaxPool" || pool.layer.padding.every((size) => size === 0)) &&
    input.shape.slice(2).every((size) => size % 2 === 0) &&
    layer.outChannels * elementCount(input.shape) <= MOST_ELEMENTS
  );
}

/** Shifts of the places of a window of 2 along each axis, in the order in which PyTorch looks for the maximum. */
function placesOfWindow(dimensions: number): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** dimensions }, (_, place) =>
    Array.from({ length: dimensions }, (_, axis) => (place >> (dimensions - 1 - axis)) & 1),
  );
}

/** Flat position of the first place of each window, in an array of the channels of `shape` and the size of `input`. */
function firstOfWindows([batch, channels, ...pooled]: Shape, { graph, shape }: Value): Value {
  const [, , ...spatial] = shape;
  const ofImages = graph.constant(
    "int64",
    [batch!, channels!, ...pooled.map(() => 1)],
    Array.from({ length: batch! * channels! }, (_, image) => image * elementCount(spatial)),
  );
  return pooled
    .map((count, axis) => {
      const distance = 2 * elementCount(spatial.slice(axis + 1));
      const sizes = [1, 1, ...pooled.map((_, other) => (other === axis ? count : 1))];
      return graph.constant(
        "int64",
        sizes,
        Array.from({ length: count }, (_, window) => window * distance),
      );
    })
    .reduce((sum, places) => add(sum, places), ofImages);
}

/** How far from the first place of its window the first maximum stands. */
function offsetsOfMaxima(values: Value, maxima: Value, spatial: Shape): Value {
  const offsets = placesOfWindow(spatial.length).map((place) =>
    place.reduce((sum, shift, axis) => sum + shift * elementCount(spatial.slice(axis + 1)), 0),
  );
  // They grow from place to place: of several maxima the first is the farthest from the last place.
  const last = offsets.at(-1)!;
  const fromLast = values.graph.constant(
    "float32",
    [offsets.length, 1],
    offsets.map((offset) => last - offset),
  );
  const farthest = reduceMax(mul(isNotNegative(sub(values, maxima)), fromLast), [1]);
  // Not a number, where a value is not: an index outside would stop the graph before anybody sees the loss.
  return maximum(cast(add(negate(farthest), last), "int64"), 0);
}

/**
 * 1 at the first place (axis 1) that holds the maximum, 0 at the others: a place of the maximum, less the number of such
 * places before it, is 1 only for the first.
 */
function firstMaxima(values: Value, maxima: Value): Value {
  const places = values.shape[1]!;
  const lessThoseBefore = Array.from({ length: places ** 2 }, (_, index) => {
    const [row, column] = [Math.floor(index / places), index % places];
    return row === column ? 1 : column < row ? -1 : 0;
  });
  const matrix = values.graph.constant("float32", [places, places], lessThoseBefore);
  return rectify(matMul(matrix, isNotNegative(sub(values, maxima))));
}
