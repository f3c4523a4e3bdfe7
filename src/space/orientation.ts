/** Which way the axes of an image point in the body. */
import { type Affine, affineOfColumns, determinant, inverse, isInvertible, stepOf } from "./affine";
import { AXES, type Axis, type Triple, tripleOf } from "./triple";

/** A direction of the body. */
export type Letter = "R" | "L" | "A" | "P" | "S" | "I";
/** Letters of the world axes, in the direction in which their coordinate grows and against it. */
const POSITIVE = ["R", "A", "S"] as const satisfies readonly Letter[];
const NEGATIVE = ["L", "P", "I"] as const satisfies readonly Letter[];

/** What a voxel axis means. */
export interface AxisMeaning {
  /** World axis that it follows most: 0 right, 1 anterior, 2 superior. */
  readonly world: Axis;
  /** Whether the index grows towards right, anterior or superior. */
  readonly positive: boolean;
}

/** By voxel axis; each world axis stands once. */
export type Orientation = readonly [AxisMeaning, AxisMeaning, AxisMeaning];

/** Right, anterior, superior: nibabel's canonical orientation. */
export const RAS: Orientation = [
  { world: 0, positive: true },
  { world: 1, positive: true },
  { world: 2, positive: true },
];

/**
 * The world axis nearest to each voxel axis, as nibabel's `io_orientation` finds it: from the rotation nearest to the affine (its
 * polar factor), voxel axis by voxel axis, each world axis once. The affine must be invertible.
 */
export function orientationOf(affine: Affine): Orientation {
  const rotation = nearestRotation(affine);
  const free = new Set<Axis>(AXES);
  const nearest = (axis: Axis): AxisMeaning => {
    const column = stepOf(rotation, axis);
    const world = [...free].reduce((best, other) =>
      Math.abs(column[other]) > Math.abs(column[best]) ? other : best,
    );
    free.delete(world);
    return { world, positive: column[world] > 0 };
  };
  return [nearest(0), nearest(1), nearest(2)];
}

/** Newton's iteration for the polar factor (Higham 1986): the mean of a matrix and of its inverse transposed, until nothing moves. */
function nearestRotation(affine: Affine): Affine {
  let current = columnsOf((axis) => unit(stepOf(affine, axis)));
  for (let moved = Number.POSITIVE_INFINITY, round = 0; moved > 1e-14 && round < 100; round++) {
    const before = current;
    const inverted = inverse(before);
    current = columnsOf((axis) =>
      tripleOf((row) => (stepOf(before, axis)[row] + (inverted[axis]?.[row] ?? 0)) / 2),
    );
    moved = Math.max(...AXES.flatMap((axis) => differences(stepOf(current, axis), stepOf(before, axis))));
  }
  return current;
}

const columnsOf = (column: (axis: Axis) => Triple) =>
  affineOfColumns([column(0), column(1), column(2)], [0, 0, 0]);
const differences = (a: Triple, b: Triple) => AXES.map((row) => Math.abs(a[row] - b[row]));
const unit = (vector: Triple) => tripleOf((row) => vector[row] / Math.hypot(...vector));

/** Direction in which the index of a voxel axis grows. */
export const letterOf = ({ world, positive }: AxisMeaning): Letter => lettersOf(world)[positive ? 1 : 0];

/** The two ends of a world axis: where its coordinate is negative, and where it is positive. */
export const lettersOf = (world: Axis): readonly [Letter, Letter] => [NEGATIVE[world], POSITIVE[world]];

/** "RAS", "LPI", ...: directions in which x, y and z grow, as nibabel's `aff2axcodes` says. */
export const axisCodes = (orientation: Orientation): string => orientation.map(letterOf).join("");

/** The orientation that `axisCodes` writes so, or null where the letters are not one of each pair. */
export function orientationOfCodes(codes: string): Orientation | null {
  const meanings = [...codes].flatMap((letter) =>
    AXES.flatMap((world) => {
      const ends: readonly string[] = lettersOf(world);
      const end = ends.indexOf(letter);
      return end < 0 ? [] : [{ world, positive: end === 1 }];
    }),
  );
  const [x, y, z] = meanings;
  const complete = codes.length === 3 && new Set(meanings.map(({ world }) => world)).size === 3;
  return complete && x !== undefined && y !== undefined && z !== undefined ? [x, y, z] : null;
}

/**
 * Right: a voxel grid that turns as the world (RAS) does, "neurological" storage; left: its mirror image, as LAS, "radiological"
 * storage. Null when the affine is not invertible.
 */
export function handednessOf(affine: Affine): "right" | "left" | null {
  if (!isInvertible(affine)) return null;
  return determinant(affine) > 0 ? "right" : "left";
}

/** Largest angle between a voxel axis and the world axis that it follows, in degrees. */
export function obliquityOf(affine: Affine, orientation: Orientation): number {
  const angles = AXES.map((axis) => {
    const cosine = Math.abs(unit(stepOf(affine, axis))[orientation[axis].world]);
    return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
  });
  return Math.max(...angles);
}
