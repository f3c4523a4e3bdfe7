/**
 * The convolution of most networks in a fast form: a kernel of 3 and a padding of 1 along height and width, steps of 1, no groups; any
 * kernel along depth, so that an image is one plane. The weights are packed by tile (tiling.ts), in which they are read. The transposed
 * convolution is the same with the weights flipped and their channels exchanged.
 */
import type { Tape } from "../../tape/tape";
import type { Value } from "../../tape/value";
import { summedInParts } from "../partialSums";
import { type Geometry, type Triple, voxels } from "./geometry";
import { loneConvolution } from "./loneTile";
import { packedWeights } from "./packing";
import { CHANNELS_OF_STAGED, GROUPS_ALONG_Y, groupOf, stagedConvolution } from "./stagedTile";
import { type Tile, usualSplit, usualTile } from "./tiling";

/** Whether the fast forms take it, either way and by its weight. */
export const isNear = ({ groups, kernel: size, stride, padding, dilation }: Geometry): boolean =>
  groups === 1 &&
  [...stride, ...dilation].every((step) => step === 1) &&
  [1, 2].every((axis) => size[axis] === 3 && padding[axis] === 1) &&
  padding[0] < size[0];

interface Direction {
  readonly x: Value;
  readonly weight: Value;
  readonly bias?: Value | undefined;
  readonly y: Value;
}

/** How the work is cut. Default: as `usualTile` and `usualSplit` say. */
export interface Cut {
  readonly tile?: Tile;
  /** Parts in which the channels of x are summed: at most so many as there are. */
  readonly split?: number;
}

/** y = x * w + b of a convolution that `isNear`; the values are those of general.ts. */
export function convolveNear(tape: Tape, geometry: Geometry, values: Direction, cut?: Cut): void {
  record(tape, geometry, values, false, cut);
}

/** The transposed convolution of y, of one that `isNear`; the values are those of general.ts. */
export function convolveNearTransposed(
  tape: Tape,
  geometry: Geometry,
  { y, weight, bias, x }: Direction,
  cut?: Cut,
): void {
  const { inChannels, from, outChannels, to, kernel: size, padding } = geometry;
  const opposite: Geometry = {
    ...geometry,
    inChannels: outChannels,
    from: to,
    outChannels: inChannels,
    to: from,
    padding: [size[0] - 1 - padding[0], padding[1], padding[2]],
  };
  record(tape, opposite, { x: y, weight, bias, y: x }, true, cut);
}

function record(
  tape: Tape,
  geometry: Geometry,
  { x, weight, bias, y }: Direction,
  flipped: boolean,
  { tile: form = usualTile(geometry), split }: Cut = {},
): void {
  const { samples, inChannels, outChannels, from, to, kernel: size, padding } = geometry;
  const tile = form.channels;
  const tiles = Math.ceil(outChannels / tile);
  const taps = voxels(size);
  const packed = packedWeights(tape, weight, { outChannels, inChannels, taps, tile, flipped });
  const invocations = samples * invocationsOf(form, to) * tiles;
  const wanted = Math.min(split ?? usualSplit(geometry, invocations), inChannels);
  const channelsOfPart = Math.ceil(inChannels / wanted);
  const parts = Math.ceil(inChannels / channelsOfPart);
  summedInParts(tape, parts, y, (partial) => {
    const options = {
      buffers: { x, packed, bias: bias ?? weight, y: partial },
      whole: {
        samples,
        in_channels: inChannels,
        out_channels: outChannels,
        xd: from[0],
        yd: to[0],
        height: to[1],
        width: to[2],
        kd: size[0],
        pd: padding[0],
        tiles,
        channels_of_part: channelsOfPart,
        biased: Number(bias !== undefined),
      },
      real: {},
    };
    const terms = channelsOfPart * taps;
    switch (form.kind) {
      case "lone":
        tape.over(
          loneConvolution(form),
          invocations * parts,
          options,
          terms * tile * form.rows * form.places,
        );
        break;
      case "staged": {
        const groups = Math.ceil((samples * voxels(to)) / form.voxels);
        const y = Math.min(groups, GROUPS_ALONG_Y);
        const counts = [tiles * parts, y, Math.ceil(groups / y)] as const;
        tape.groups(stagedConvolution(form), counts, options, terms * tile * form.voxels);
        break;
      }
    }
  });
}

/** Of one sample and one tile of channels. */
function invocationsOf(form: Tile, to: Triple): number {
  switch (form.kind) {
    case "lone":
      return to[0] * Math.ceil(to[1] / form.rows) * Math.ceil(to[2] / form.places);
    case "staged":
      return Math.ceil(voxels(to) / groupOf(form).places) * (form.channels / CHANNELS_OF_STAGED);
  }
}
