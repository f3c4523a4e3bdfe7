/** What must be alike in the space of two images for a network to see their voxels alike: direction and size, not the origin. */
import { type Affine, isInvertible, voxelSizesOf } from "./affine";
import { axisSources, type Grid } from "./grid";
import { axisCodes, handednessOf, orientationOf, orientationOfCodes, RAS } from "./orientation";
import { gridUnder, type SpaceRule, triple } from "./spaceRule";
import { AXES, type Triple, tripleOf } from "./triple";

export interface Geometry {
  /** Where the axes point, "RAS"; null when the affine gives no directions. */
  readonly orientation: string | null;
  /** Null when the affine gives no directions. */
  readonly handedness: "right" | "left" | null;
  /** Distance of neighbouring voxels along each axis, in millimetres. */
  readonly voxelSize: Triple;
}

/** @param voxelSize of the header: used where the affine is of no use */
export function geometryOf(affine: Affine, voxelSize: Triple): Geometry {
  if (!isInvertible(affine)) return { orientation: null, handedness: null, voxelSize };
  return {
    orientation: axisCodes(orientationOf(affine)),
    handedness: handednessOf(affine),
    voxelSize: voxelSizesOf(affine),
  };
}

/** The geometry of the same image when its axes are put in canonical order and direction; unchanged without directions. */
function canonicalGeometry(geometry: Geometry): Geometry {
  const present = orientationOfCodes(geometry.orientation ?? "");
  if (present === null) return geometry;
  const sources = axisSources(present, RAS);
  return {
    orientation: axisCodes(RAS),
    handedness: "right",
    voxelSize: tripleOf((axis) => geometry.voxelSize[sources[axis].axis]),
  };
}

/** That of an image as it is read. @param voxelSize as `geometryOf` takes it */
export function geometryAsRead(
  { affine, voxelSize }: { readonly affine: Affine; readonly voxelSize: Triple },
  rule: SpaceRule,
): Geometry {
  return asRead(geometryOf(affine, voxelSize), rule);
}

/** Where the voxels of an image are as it is read; without directions it is neither turned nor placed. */
export const gridAsRead = ({ shape, affine }: Grid, rule: SpaceRule): Grid =>
  isInvertible(affine) ? gridUnder({ shape, affine }, rule) : { shape, affine };

/** That of an image stored so, as it is read. */
export function asRead(stored: Geometry, rule: SpaceRule): Geometry {
  const turned = rule.orientation === "stored" ? stored : canonicalGeometry(stored);
  return stored.orientation === null
    ? turned
    : { ...turned, voxelSize: triple(rule.voxel_size) ?? turned.voxelSize };
}

/** Differences of less, in voxels, are rounding: headers keep float32. */
const TOLERANCE = 1e-3;

/** Whether the axes point the same way. */
const sameOrientation = (one: Geometry, other: Geometry): boolean =>
  one.orientation === other.orientation && one.handedness === other.handedness;

/** Whether voxels have the same size along each axis, but for less than a thousandth of a voxel. */
const sameVoxelSize = ({ voxelSize: one }: Geometry, { voxelSize: other }: Geometry): boolean =>
  AXES.every((axis) => Math.abs(one[axis] - other[axis]) < TOLERANCE * Math.min(one[axis], other[axis]));

/** In which the images of a study may differ. */
export const SPACE_FACTORS = ["orientation", "voxel size"] as const;
export type SpaceFactor = (typeof SPACE_FACTORS)[number];

const SAME: Readonly<Record<SpaceFactor, (one: Geometry, other: Geometry) => boolean>> = {
  orientation: sameOrientation,
  "voxel size": sameVoxelSize,
};

/** Whether they are the same in every factor. */
export const isAlike = (one: Geometry, other: Geometry): boolean =>
  SPACE_FACTORS.every((factor) => SAME[factor](one, other));

/** Items whose geometry is the same in one factor. */
export interface AlikeInSpace<Item> {
  /** That of the first of them. */
  readonly geometry: Geometry;
  readonly items: readonly Item[];
}

/** Items put together by what is the same in `factor`, the largest group first; of equal ones, the one met first. */
export function alikeInSpace<Item extends { readonly geometry: Geometry }>(
  items: readonly Item[],
  factor: SpaceFactor,
): AlikeInSpace<Item>[] {
  const groups: { geometry: Geometry; items: Item[] }[] = [];
  for (const item of items) {
    const group = groups.find(({ geometry }) => SAME[factor](geometry, item.geometry));
    if (group === undefined) groups.push({ geometry: item.geometry, items: [item] });
    else group.items.push(item);
  }
  return groups.sort((one, other) => other.items.length - one.items.length);
}

/** Whether `known` holds what is the same as `geometry` in `factor`. */
export const isKnownIn = (known: readonly Geometry[], geometry: Geometry, factor: SpaceFactor): boolean =>
  known.some((one) => SAME[factor](one, geometry));
