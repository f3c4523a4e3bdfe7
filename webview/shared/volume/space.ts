/** Where voxels are in the head: world coordinates in millimetres and the names of directions. */
import { AXES, type Axis, type Triple } from "./volume";

/** 4x4, row by row: voxel indices to world coordinates (right, anterior, superior). */
export type Affine = readonly (readonly number[])[];

/** A direction of the body. */
export type Letter = "R" | "L" | "A" | "P" | "S" | "I";
const POSITIVE = ["R", "A", "S"] as const satisfies readonly Letter[];
const NEGATIVE = ["L", "P", "I"] as const satisfies readonly Letter[];

/** What a voxel axis means. */
export interface AxisMeaning {
  /** World axis that it follows most: 0 right, 1 anterior, 2 superior. */
  readonly world: Axis;
  /** Whether the index grows towards right, anterior or superior. */
  readonly positive: boolean;
}

export interface Space {
  readonly affine: Affine;
  /** Distance of neighbouring voxels along each axis, in millimetres. */
  readonly spacing: Triple;
  /** By voxel axis. */
  readonly meaning: readonly [AxisMeaning, AxisMeaning, AxisMeaning];
  /** False when the affine gives no directions: axes are then taken as right, anterior, superior, and no letter is shown. */
  readonly known: boolean;
  /** Largest angle between a voxel axis and the world axis that it follows, in degrees. */
  readonly obliquity: number;
}

/** `voxelSize`: used where the affine is of no use. */
export function spaceOf(affine: Affine, voxelSize: Triple): Space {
  const columns = AXES.map((axis) => AXES.map((row) => affine[row]?.[axis] ?? Number.NaN));
  const lengths = columns.map((column) => Math.hypot(...column));
  const known = lengths.every((length) => Number.isFinite(length) && length > 0) && determinant(affine) !== 0;
  if (!known) return unknownSpace(affine, voxelSize);
  const cosines = columns.map((column, axis) => column.map((value) => value / lengths[axis]!));
  const meaning = assignAxes(cosines);
  const angles = meaning.map(({ world }, axis) => {
    const cosine = Math.min(1, Math.abs(cosines[axis]![world]!));
    return (Math.acos(cosine) * 180) / Math.PI;
  });
  return {
    affine,
    spacing: [lengths[0]!, lengths[1]!, lengths[2]!],
    meaning,
    known,
    obliquity: Math.max(...angles),
  };
}

function unknownSpace(affine: Affine, voxelSize: Triple): Space {
  const usable = (size: number) => (Number.isFinite(size) && size > 0 ? size : 1);
  return {
    affine,
    spacing: [usable(voxelSize[0]), usable(voxelSize[1]), usable(voxelSize[2])],
    meaning: [
      { world: 0, positive: true },
      { world: 1, positive: true },
      { world: 2, positive: true },
    ],
    known: false,
    obliquity: 0,
  };
}

/** Each voxel axis takes the free world axis to which it is nearest; the clearest pair is chosen first. */
function assignAxes(cosines: readonly (readonly number[])[]): [AxisMeaning, AxisMeaning, AxisMeaning] {
  const pairs = AXES.flatMap((axis) =>
    AXES.map((world) => ({ axis, world, cosine: cosines[axis]![world]! })),
  ).sort((a, b) => Math.abs(b.cosine) - Math.abs(a.cosine));
  const chosen = new Map<Axis, AxisMeaning>();
  for (const { axis, world, cosine } of pairs) {
    const taken = [...chosen.values()].some((meaning) => meaning.world === world);
    if (!taken && !chosen.has(axis)) chosen.set(axis, { world, positive: cosine > 0 });
  }
  return [chosen.get(0)!, chosen.get(1)!, chosen.get(2)!];
}

function determinant(m: Affine): number {
  const at = (row: number, column: number) => m[row]?.[column] ?? 0;
  return (
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0))
  );
}

/** Direction in which the index of a voxel axis grows. */
export function letterOf({ world, positive }: AxisMeaning): Letter {
  return positive ? POSITIVE[world] : NEGATIVE[world];
}

/** "RAS", "LPI", ...: directions in which x, y and z grow, as nibabel's `aff2axcodes` says. */
export const axisCodes = ({ meaning }: Space): string => meaning.map(letterOf).join("");

/** World coordinates of a voxel, millimetres. */
export function toWorld({ affine }: Space, voxel: Triple): Triple {
  const row = (i: number) => {
    const [a = 0, b = 0, c = 0, d = 0] = affine[i] ?? [];
    return a * voxel[0] + b * voxel[1] + c * voxel[2] + d;
  };
  return [row(0), row(1), row(2)];
}

/** Voxel (not rounded) at world coordinates, by Cramer's rule; the affine must be invertible (`known`). */
export function toVoxel({ affine }: Space, world: Triple): Triple {
  const moved = AXES.map((i) => world[i] - (affine[i]?.[3] ?? 0));
  const whole = determinant(affine);
  const solved = (axis: Axis) =>
    determinant(AXES.map((i) => AXES.map((j) => (j === axis ? moved[i]! : affine[i]![j]!)))) / whole;
  return [solved(0), solved(1), solved(2)];
}

/** How world coordinates are said: "23 right, 4.5 posterior, 60 superior"; nothing when directions are not known. */
export function sayWorld(
  space: Space,
  voxel: Triple,
): readonly { readonly millimetres: number; readonly letter: Letter }[] {
  if (!space.known) return [];
  return toWorld(space, voxel).map((coordinate, axis) => ({
    millimetres: Math.abs(Math.round(coordinate * 10) / 10),
    letter: (coordinate < 0 ? NEGATIVE : POSITIVE)[axis]!,
  }));
}
