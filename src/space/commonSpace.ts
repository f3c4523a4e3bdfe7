/** A space in which images that are stored on several grids have one: what an experiment would say to read them alike. */
import { voxelSizesOf } from "./affine";
import type { Grid } from "./grid";
import { axisCodes, orientationOf } from "./orientation";
import { gridUnder, type SpaceRule, turnedGrid } from "./spaceRule";
import { type Triple, tripleOf } from "./triple";

/** Images that are stored alike. */
export interface StoredKind {
  readonly shape: Triple;
  /** Millimetres along the axes of the file, to a thousandth. */
  readonly voxelSize: Triple;
  /** `RAS`, `LAS`, ... */
  readonly codes: string;
  readonly count: number;
}

export interface CommonSpace {
  /** How the images are stored, the commonest first. */
  readonly kinds: readonly StoredKind[];
  /** Turns where orientations differ, resamples where voxel sizes do, pads where sizes still do. */
  readonly rule: SpaceRule;
  /** Voxels of every image under the rule. */
  readonly shape: Triple;
}

/**
 * The space in which all images have the size of the largest of them, so that nothing of any is cropped, and along each axis the voxel size
 * of most, of equally frequent ones the larger. Null where all are stored alike.
 * @param grids as the headers tell them; their affines must be invertible
 */
export function commonSpace(grids: readonly Grid[]): CommonSpace | null {
  const kinds = kindsOf(grids);
  if (kinds.length < 2) return null;
  const orientation =
    new Set(kinds.map(({ codes }) => codes)).size > 1 ? ("canonical" as const) : ("stored" as const);
  const turned = grids.map((grid) => turnedGrid(grid, { orientation }));
  const sizes = turned.map(({ affine }) => voxelSizesOf(affine).map(rounded));
  const voxelSize = new Set(sizes.map(String)).size > 1 ? usualSize(sizes) : undefined;
  const rule: SpaceRule = {
    orientation,
    ...(voxelSize === undefined ? {} : { voxel_size: shortest(voxelSize) }),
  };
  const shapes = grids.map((grid) => gridUnder(grid, rule).shape);
  const shape = tripleOf((axis) => Math.max(...shapes.map((one) => one[axis])));
  const differ = new Set(shapes.map(String)).size > 1;
  return { kinds, rule: differ ? { ...rule, size: shortest(shape) } : rule, shape };
}

const rounded = (millimetres: number) => Math.round(millimetres * 1000) / 1000;

function kindsOf(grids: readonly Grid[]): StoredKind[] {
  const kinds = new Map<string, StoredKind>();
  for (const { shape, affine } of grids) {
    const sizes = voxelSizesOf(affine);
    const voxelSize = tripleOf((axis) => rounded(sizes[axis]));
    const codes = axisCodes(orientationOf(affine));
    const key = [...shape, ...voxelSize, codes].join(" ");
    kinds.set(key, { shape, voxelSize, codes, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}

const usualSize = (sizes: readonly (readonly number[])[]): Triple =>
  tripleOf((axis) => {
    const counts = new Map<number, number>();
    for (const { [axis]: size = 0 } of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
    return [...counts].sort(([a, many], [b, more]) => more - many || b - a)[0]?.[0] ?? 1;
  });

/** One number where all three axes have the same. */
const shortest = (of: Triple): number | Triple => (of[0] === of[1] && of[1] === of[2] ? of[0] : of);
