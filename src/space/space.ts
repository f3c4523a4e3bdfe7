/** Where the voxels of an image are in the head, for those who look at it. */
import { type Affine, isInvertible, toWorld, voxelSizesOf } from "./affine";
import { type Letter, lettersOf, type Orientation, obliquityOf, orientationOf, RAS } from "./orientation";
import { AXES, type Triple, tripleOf } from "./triple";

export interface Space {
  readonly affine: Affine;
  /** Distance of neighbouring voxels along each axis, in millimetres. */
  readonly spacing: Triple;
  /** By voxel axis. */
  readonly orientation: Orientation;
  /** False when the affine gives no directions: axes are then taken as right, anterior, superior, and no letter is shown. */
  readonly known: boolean;
  /** Largest angle between a voxel axis and the world axis that it follows, in degrees. */
  readonly obliquity: number;
}

/** `voxelSize`: used where the affine is of no use. */
export function spaceOf(affine: Affine, voxelSize: Triple): Space {
  if (!isInvertible(affine)) {
    const usable = (size: number) => (Number.isFinite(size) && size > 0 ? size : 1);
    const spacing = tripleOf((axis) => usable(voxelSize[axis]));
    return { affine, spacing, orientation: RAS, known: false, obliquity: 0 };
  }
  const orientation = orientationOf(affine);
  const obliquity = obliquityOf(affine, orientation);
  return { affine, spacing: voxelSizesOf(affine), orientation, known: true, obliquity };
}

/** How world coordinates are said: "23 right, 4.5 posterior, 60 superior"; nothing when directions are not known. */
export function sayWorld(
  space: Space,
  voxel: Triple,
): readonly { readonly millimetres: number; readonly letter: Letter }[] {
  if (!space.known) return [];
  const world = toWorld(space.affine, voxel);
  return AXES.map((axis) => ({
    millimetres: Math.abs(Math.round(world[axis] * 10) / 10),
    letter: lettersOf(axis)[world[axis] < 0 ? 0 : 1],
  }));
}
