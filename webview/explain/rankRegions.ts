/** How much of a map lies in each region of an atlas. */
import type { Affine } from "../../src/space/affine";
import type { Triple } from "../../src/space/triple";
import { LayerSource, type PlacedVolume } from "../shared/volume/layerSource";
import type { Volume } from "../shared/volume/volume";

export interface RankedRegion {
  readonly label: number;
  /** Of the map, with a value. */
  readonly voxels: number;
  /** Voxel of the map where it is farthest from 0. */
  readonly peak: Triple;
  /** Mean of the map without its signs. */
  readonly meanSize: number;
  /** Of the sum of the map without its signs: how much of it lies here, 0 to 1. */
  readonly share: number;
  /** (what is above 0 - what is below) / both: 1 where all speaks for the answer, -1 where all speaks against it; null where all is 0. */
  readonly balance: number | null;
}

export interface RankedRegions {
  /** The strongest first, by `meanSize`. */
  readonly regions: readonly RankedRegion[];
  /** Of the map: how much lies in no region, 0 to 1. */
  readonly outside: number;
}

interface RegionSum {
  voxels: number;
  above: number;
  below: number;
  most: number;
  peak: Triple;
}

/** Each voxel of the map counts for the label that is nearest to it by both affines; 0 is no region. */
export function rankRegions(map: PlacedVolume, atlas: PlacedVolume): RankedRegions {
  const sums = new Map<number, RegionSum>();
  let total = 0;
  forEachVoxel(map.volume, map.affine, atlas, (value, label, voxel) => {
    if (!Number.isFinite(value)) return;
    total += Math.abs(value);
    if (!(label > 0)) return;
    const sum = sums.get(label) ?? { voxels: 0, above: 0, below: 0, most: -1, peak: [0, 0, 0] };
    sums.set(label, sum);
    sum.voxels++;
    if (Math.abs(value) > sum.most) {
      sum.most = Math.abs(value);
      sum.peak = voxel();
    }
    if (value > 0) sum.above += value;
    else sum.below -= value;
  });
  const regions = [...sums.entries()].map(([label, { voxels, above, below, peak }]) => {
    const size = above + below;
    return {
      label,
      voxels,
      peak,
      meanSize: size / voxels,
      share: total === 0 ? 0 : size / total,
      balance: size === 0 ? null : (above - below) / size,
    };
  });
  return {
    regions: regions.sort((a, b) => b.meanSize - a.meanSize || a.label - b.label),
    outside: total === 0 ? 0 : 1 - regions.reduce((sum, { share }) => sum + share, 0),
  };
}

function forEachVoxel(
  { size, strides, data, slope, intercept }: Volume,
  affine: Affine,
  atlas: PlacedVolume,
  take: (value: number, label: number, voxel: () => Triple) => void,
): void {
  const labels = new LayerSource(atlas, { size, affine });
  for (let z = 0; z < size[2]; z++) {
    const slice = labels.slice(2, z, "nearest");
    const depth = slice.size[2] === 1 ? 0 : z;
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++) {
        const value = slope * data[x * strides[0] + y * strides[1] + z * strides[2]]! + intercept;
        const stored = slice.data[x * slice.strides[0] + y * slice.strides[1] + depth * slice.strides[2]]!;
        take(value, Math.round(slice.slope * stored + slice.intercept), () => [x, y, z]);
      }
    }
  }
}
