/**
 * How the fast convolutions (near.ts, nearWeightGradient.ts) cut their work into pieces: what is in use, and what else
 * `gyrus engines bench --tiles` measures. What a card turns out to like better is entered here, and nowhere else.
 */
import type { Geometry } from "./geometry";

/** An invocation by itself computes the sums of so many channels at a block of neighbouring rows and places of a plane (loneTile.ts). */
export interface LoneTile {
  readonly kind: "lone";
  readonly channels: 1 | 4 | 8 | 16;
  /** Along height. */
  readonly rows: 1 | 2 | 4;
  /** Along width. */
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
const FEW_CHANNELS: Tile = { kind: "lone", channels: 1, rows: 4, places: 4 };
const USUAL: Tile = { kind: "lone", channels: 8, rows: 2, places: 4 };

export const TILES: readonly Tile[] = [
  USUAL,
  { kind: "lone", channels: 8, rows: 1, places: 8 },
  { kind: "lone", channels: 4, rows: 4, places: 4 },
  { kind: "lone", channels: 8, rows: 2, places: 8 },
  { kind: "lone", channels: 8, rows: 4, places: 4 },
  { kind: "staged", channels: 8, voxels: 256, terms: 9 },
  { kind: "staged", channels: 16, voxels: 128, terms: 9 },
  { kind: "staged", channels: 32, voxels: 128, terms: 8 },
  { kind: "staged", channels: 64, voxels: 128, terms: 8 },
  { kind: "staged", channels: 128, voxels: 128, terms: 8 },
];

/**
 * Of tiles of 64 sums, all of which the registers of every card hold, 8x(2x4) reads least and fits small maps best, and on SwiftShader, the
 * one device that was measured, takes less than 8x(1x8) and every staged one. Those of 128 sums take a tenth to a fifth less there; where
 * registers are fewer they would lie in memory.
 */
export const usualTile = ({ outChannels }: Pick<Geometry, "outChannels">): Tile =>
  outChannels <= 2 ? FEW_CHANNELS : USUAL;

/** "8x(2x4)": channels x (rows x places); "64x128x8": channels x voxels x terms. */
export function tileName(tile: Tile): string {
  switch (tile.kind) {
    case "lone":
      return `${tile.channels}x(${tile.rows}x${tile.places})`;
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
