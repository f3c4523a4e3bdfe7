/** A map of a brain as pictures: the three planes through the voxel where it is farthest from 0. */
import { toWorld, voxelSizesOf } from "../../space/affine";
import type { SpatialImage } from "../../space/grid";
import { AXES, type Axis, type Triple, tripleOf } from "../../space/triple";
import type { Picture } from "./png";

export interface Extreme {
  readonly value: number;
  /** Where, in millimetres: right, anterior, superior. */
  readonly world: Triple;
}

export interface MapPlanes {
  readonly highest: Extreme;
  readonly lowest: Extreme;
  /** Sagittal, coronal, axial; those that the map has: a slice is but one. */
  readonly planes: readonly MapPlane[];
}

export interface MapPlane {
  readonly plane: "sagittal" | "coronal" | "axial";
  readonly picture: Picture;
  /** Width and height in millimetres. */
  readonly extent: readonly [number, number];
}

type Colour = readonly [red: number, green: number, blue: number];
/** The ends of ColorBrewer's RdBu, which is told apart in most kinds of colour blindness; 0 is white. */
const POSITIVE: Colour = [178, 24, 43];
const NEGATIVE: Colour = [33, 102, 172];

const NAMES = ["sagittal", "coronal", "axial"] as const;

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
  const at = voxelOf(centre);
  const sizes = voxelSizesOf(affine);
  const planes = AXES.flatMap((across) => {
    const [horizontal, vertical] = AXES.filter((axis) => axis !== across) as [Axis, Axis];
    const [width, height] = [shape[horizontal], shape[vertical]];
    if (width === 1 || height === 1) return [];
    const rgb = new Uint8Array(3 * width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        // Superior, or anterior, is above: the first line is the last voxel.
        const voxel = tripleOf((axis) =>
          axis === across ? at[across] : axis === horizontal ? x : height - 1 - y,
        );
        const value = values[(voxel[0] * shape[1] + voxel[1]) * shape[2] + voxel[2]]!;
        rgb.set(colourOf(value / largest), 3 * (y * width + x));
      }
    }
    const extent = [width * sizes[horizontal], height * sizes[vertical]] as const;
    return [{ plane: NAMES[across], picture: { width, height, rgb }, extent }];
  });
  return { highest: extreme(high), lowest: extreme(low), planes };
}

/** @param share from -1 to 1; what is no number is grey */
function colourOf(share: number): Colour {
  if (!Number.isFinite(share)) return [128, 128, 128];
  const end = share >= 0 ? POSITIVE : NEGATIVE;
  const mixed = (channel: 0 | 1 | 2) => Math.round(255 + (end[channel] - 255) * Math.abs(share));
  return [mixed(0), mixed(1), mixed(2)];
}
