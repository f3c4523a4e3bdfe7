/** A map of a brain as pictures: the three planes through the voxel where it is farthest from 0. */
import { toWorld } from "../../space/affine";
import type { SpatialImage } from "../../space/grid";
import type { Triple } from "../../space/triple";
import { type Colour, type Plane, planesAt } from "./planes";

export interface Extreme {
  readonly value: number;
  /** Where, in millimetres: right, anterior, superior. */
  readonly world: Triple;
}

export interface MapPlanes {
  readonly highest: Extreme;
  readonly lowest: Extreme;
  readonly planes: readonly Plane[];
}

/** The ends of ColorBrewer's RdBu, which is told apart in most kinds of colour blindness; 0 is white. */
const POSITIVE: Colour = [178, 24, 43];
const NEGATIVE: Colour = [33, 102, 172];

/**
 * @param map with its axes in canonical order: right, anterior, superior
 * @returns null where no voxel is a number other than 0
 */
export function mapPlanes({ grid, values }: SpatialImage): MapPlanes | null {
  let [high, low] = [-1, -1];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (high < 0 || values[i]! > values[high]!) high = i;
    if (low < 0 || values[i]! < values[low]!) low = i;
  }
  if (high < 0) return null;
  const centre = values[high]! >= -values[low]! ? high : low;
  const largest = Math.abs(values[centre]!);
  if (largest === 0) return null;
  const { shape, affine } = grid;
  const voxelOf = (index: number): Triple => [
    Math.floor(index / (shape[1] * shape[2])),
    Math.floor(index / shape[2]) % shape[1],
    index % shape[2],
  ];
  const extreme = (index: number): Extreme => ({
    value: values[index]!,
    world: toWorld(affine, voxelOf(index)),
  });
  const planes = planesAt({ grid, values }, voxelOf(centre), (value) => mapColour(value / largest));
  return { highest: extreme(high), lowest: extreme(low), planes };
}

/** @param share of the largest value, from -1 to 1; what is no number is grey */
export function mapColour(share: number): Colour {
  if (!Number.isFinite(share)) return [128, 128, 128];
  const end = share >= 0 ? POSITIVE : NEGATIVE;
  const mixed = (channel: 0 | 1 | 2) => Math.round(255 + (end[channel] - 255) * Math.abs(share));
  return [mixed(0), mixed(1), mixed(2)];
}
