/**
 * The convolutions that near.ts does not take, in a fast form: any kernel, stride, padding and dilation, without groups, from weights packed by
 * tile (steppedKernel.ts). The formulas are those of general.ts.
 */
import type { Tape } from "../../tape/tape";
import type { Value } from "../../tape/value";
import { summedInParts } from "../partialSums";
import { convolve, convolveTransposed } from "./general";
import { type Geometry, geometryNumbers, type Triple, voxels } from "./geometry";
import { packedWeights } from "./packing";
import { CHANNELS_OF_STEPPED, PLACES_OF_STEPPED, STEPPED } from "./steppedKernel";
import { usualSplit } from "./tiling";

/** Fewer channels would leave most of a tile idle. */
const LEAST_CHANNELS = 3;

interface Direction {
  readonly x: Value;
  readonly weight: Value;
  readonly bias?: Value | undefined;
  readonly y: Value;
}

/** y = x * w + b. */
export function convolveStepped(tape: Tape, geometry: Geometry, values: Direction): void {
  const { groups, inChannels, outChannels, to } = geometry;
  if (groups > 1 || outChannels < LEAST_CHANNELS) {
    convolve(tape, geometry, values);
    return;
  }
  const { x, y, ...rest } = values;
  const sides = { read: inChannels, written: outChannels, size: to, step: 1 };
  record(tape, geometry, "forward", sides, { source: x, target: y, ...rest });
}

/** The transposed convolution of y. */
export function convolveSteppedTransposed(tape: Tape, geometry: Geometry, values: Direction): void {
  const { groups, inChannels, outChannels, from, stride } = geometry;
  if (groups > 1 || inChannels < LEAST_CHANNELS) {
    convolveTransposed(tape, geometry, values);
    return;
  }
  const { x, y, ...rest } = values;
  const sides = { read: outChannels, written: inChannels, size: from, step: stride[2] };
  record(tape, geometry, "back", sides, { source: y, target: x, ...rest });
}

interface Sides {
  /** Channels of the array that is read, and of the one that is written. */
  readonly read: number;
  readonly written: number;
  /** Of the array that is written. */
  readonly size: Triple;
  /** Between the places of an invocation along width. */
  readonly step: number;
}

function record(
  tape: Tape,
  geometry: Geometry,
  way: keyof typeof STEPPED,
  { read, written, size, step }: Sides,
  {
    source,
    target,
    weight,
    bias,
  }: {
    readonly source: Value;
    readonly target: Value;
    readonly weight: Value;
    readonly bias?: Value | undefined;
  },
): void {
  const { samples, kernel, stride } = geometry;
  const taps = voxels(kernel);
  const packing = { outChannels: written, inChannels: read, taps, flipped: way === "back" };
  const packed = packedWeights(tape, weight, { ...packing, tile: CHANNELS_OF_STEPPED });
  const [depth, height, width] = size;
  const columns = Math.ceil(Math.ceil(width / step) / PLACES_OF_STEPPED) * step;
  const tiles = Math.ceil(written / CHANNELS_OF_STEPPED);
  const invocations = samples * depth * height * columns * tiles;
  const channelsOfPart = Math.ceil(read / usualSplit({ inChannels: read }, invocations));
  const parts = Math.ceil(read / channelsOfPart);
  const whole = {
    ...geometryNumbers(geometry),
    ...{ samples, tiles, channels_of_part: channelsOfPart, biased: Number(bias !== undefined) },
  };
  const tapsOfPlace = way === "back" ? Math.ceil(taps / voxels(stride)) : taps;
  const work = channelsOfPart * tapsOfPlace * CHANNELS_OF_STEPPED * PLACES_OF_STEPPED;
  summedInParts(tape, parts, target, (partial) => {
    const buffers = { source, packed, bias: bias ?? weight, result: partial };
    tape.over(STEPPED[way], invocations * parts, { buffers, whole, real: {} }, work);
  });
}
