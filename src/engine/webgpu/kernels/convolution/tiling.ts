/**
 * How the fast convolutions (near.ts, nearWeightGradient.ts) cut their work into pieces: what is in use, and what else
 * `gyrus engines bench --tiles` measures. What a card turns out to like better is entered here, and nowhere else.
 */
import type { Geometry } from "./geometry";

/** An invocation by itself computes the sums of so many channels at so many neighbours along width (loneTile.ts). */
export interface LoneTile {
  readonly kind: "lone";
  readonly channels: 1 | 4 | 8 | 16;
  readonly places: 4 | 8;
}

/** A group computes the sums of so many channels at so many voxels, from so many terms of each that it stages at a time (stagedTile.ts). */
export interface StagedTile {
  readonly kind: "staged";
  readonly channels: 8 | 16 | 32 | 64 | 128;
  readonly voxels: 128 | 256;
  readonly terms: 8 | 9;
}

export type Tile = LoneTile | StagedTile;

/** One or two channels would leave most of a tile of eight idle. */
const FEW_CHANNELS: Tile = { kind: "lone", channels: 1, places: 4 };
/** Of small maps eight places would be outside for half. */
const SHORT = { kind: "lone", channels: 8, places: 4 } as const satisfies Tile;
const USUAL: Tile = { kind: "lone", channels: 8, places: 8 };

export const TILES: readonly Tile[] = [
  USUAL,
  SHORT,
  { kind: "lone", channels: 4, places: 4 },
  { kind: "lone", channels: 4, places: 8 },
  { kind: "lone", channels: 16, places: 4 },
  { kind: "staged", channels: 8, voxels: 256, terms: 9 },
  { kind: "staged", channels: 16, voxels: 128, terms: 9 },
  { kind: "staged", channels: 32, voxels: 128, terms: 8 },
  { kind: "staged", channels: 64, voxels: 128, terms: 8 },
  { kind: "staged", channels: 128, voxels: 128, terms: 8 },
];

/** On SwiftShader, the one device that was measured, 8x8 takes two thirds of the time of 8x4 and less than every staged one. */
export function usualTile({ outChannels, to }: Pick<Geometry, "outChannels" | "to">): Tile {
  const [, , width] = to;
  if (outChannels <= 2) return FEW_CHANNELS;
  return width <= SHORT.places ? SHORT : USUAL;
}

/** "8x4": channels x places; "64x128x8": channels x voxels x terms. */
export function tileName(tile: Tile): string {
  switch (tile.kind) {
    case "lone":
      return `${tile.channels}x${tile.places}`;
    case "staged":
      return `${tile.channels}x${tile.voxels}x${tile.terms}`;
  }
}

/** Fewer invocations leave a large device idle; then the channels of x are summed in parts. */
const ENOUGH = 1 << 14;
/** Channels of x that a part has at least. */
const LEAST_CHANNELS = 8;

/** Parts in which the channels of x are summed. */
export const SPLITS = [1, 2, 4, 8] as const;

/** @param invocations of one part */
export function usualSplit({ inChannels }: Pick<Geometry, "inChannels">, invocations: number): number {
  return Math.min(Math.ceil(ENOUGH / invocations), Math.ceil(inChannels / LEAST_CHANNELS));
}

/** Invocations of a gradient by the weight, each of which makes the sums of some of the voxels. */
export const WEIGHT_INVOCATIONS = [1 << 13, 1 << 14, 1 << 15, 1 << 16, 1 << 17] as const;

/** Invocations that keep a large device busy. */
const ENOUGH_BY_WEIGHT = 1 << 15;
/** Terms of a sum that one of them makes, if that does not take too many partial sums. */
const TERMS = 4096;

/**
 * @param ofChunk invocations that share their voxels
 * @param voxels of all samples
 */
export const usualWeightInvocations = (ofChunk: number, voxels: number): number =>
  Math.max(ENOUGH_BY_WEIGHT, Math.ceil(voxels / TERMS) * ofChunk);
