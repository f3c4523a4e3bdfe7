/** Convolutions in double precision, written from their definition (the page of torch.nn.Conv3d): the reference of the kernels. */
import type { ConvolutionSettings } from "../../../src/network/definition/convolutions";
import { elementCount } from "../../../src/network/weights/tensor";

/** All there is to know of y = x * w: shapes [N, channels, ...spatial]. */
export interface PlainConvolution {
  readonly settings: ConvolutionSettings;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

type Visit = (x: number, w: number, y: number) => void;

/** Calls `visit` with the flat positions of x, w and y of each product, those with the padding left out. */
function eachProduct({ settings, x, y }: PlainConvolution, visit: Visit): void {
  const { kernel, stride, padding, dilation, groups } = settings;
  const [samples, inChannels, ...from] = x as [number, number, ...number[]];
  const [, outChannels, ...to] = y as [number, number, ...number[]];
  const [inOfGroup, outOfGroup] = [inChannels / groups, outChannels / groups];
  const [taps, places] = [elementCount(kernel), elementCount(to)];
  const steps = stepsOf({ kernel, stride, padding, dilation, from, to });
  for (const [n, o, i] of placesOf([samples, outChannels, inOfGroup]) as [number, number, number][]) {
    const channel = Math.floor(o / outOfGroup) * inOfGroup + i;
    const plane = (n * inChannels + channel) * elementCount(from);
    for (const { p, t, q } of steps)
      visit(plane + p, (o * inOfGroup + i) * taps + t, (n * outChannels + o) * places + q);
  }
}

/** Flat positions within a plane of x, the kernel and a plane of y that belong together. */
function stepsOf({
  kernel,
  stride,
  padding,
  dilation,
  from,
  to,
}: Pick<ConvolutionSettings, "kernel" | "stride" | "padding" | "dilation"> & {
  readonly from: readonly number[];
  readonly to: readonly number[];
}): readonly { readonly p: number; readonly t: number; readonly q: number }[] {
  return placesOf(kernel).flatMap((tap, t) =>
    placesOf(to).flatMap((place, q) => {
      const p = place.map((at, axis) => at * stride[axis]! + tap[axis]! * dilation[axis]! - padding[axis]!);
      return p.every((at, axis) => at >= 0 && at < from[axis]!) ? [{ p: flat(p, from), t, q }] : [];
    }),
  );
}

const flat = (place: readonly number[], sizes: readonly number[]): number =>
  place.reduce((sum, at, axis) => sum * sizes[axis]! + at, 0);

const placesOf = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (before, size) => before.flatMap((place) => Array.from({ length: size }, (_, at) => [...place, at])),
    [[]],
  );

type Numbers = ArrayLike<number>;

/** y = x * w, without a bias. */
export function plainForward(shapes: PlainConvolution, x: Numbers, w: Numbers): Float64Array {
  const sums = new Float64Array(elementCount(shapes.y));
  eachProduct(shapes, (from, weight, to) => {
    sums[to]! += x[from]! * w[weight]!;
  });
  return sums;
}

/** Of the sum of y * dy, by x: the transposed convolution of dy. */
export function plainInputGradient(shapes: PlainConvolution, dy: Numbers, w: Numbers): Float64Array {
  const sums = new Float64Array(elementCount(shapes.x));
  eachProduct(shapes, (from, weight, to) => {
    sums[from]! += dy[to]! * w[weight]!;
  });
  return sums;
}

/** Of the sum of y * dy, by w. */
export function plainWeightGradient(shapes: PlainConvolution, x: Numbers, dy: Numbers): Float64Array {
  const { kernel, groups } = shapes.settings;
  const sums = new Float64Array((shapes.y[1]! * shapes.x[1]! * elementCount(kernel)) / groups);
  eachProduct(shapes, (from, weight, to) => {
    sums[weight]! += x[from]! * dy[to]!;
  });
  return sums;
}

/** The sum of each channel over samples and places. */
export function plainChannelSums(
  [samples, channels, ...spatial]: readonly number[],
  values: Numbers,
): Float64Array {
  const places = elementCount(spatial);
  const sums = new Float64Array(channels!);
  for (let at = 0; at < samples! * channels! * places; at++)
    sums[Math.floor(at / places) % channels!]! += values[at]!;
  return sums;
}
