/** The three planes through a voxel, and how each lies on the screen. */
import { type AxisMeaning, type Letter, letterOf } from "../../../src/space/orientation";
import type { Space } from "../../../src/space/space";
import type { Axis, Triple } from "../../../src/space/triple";
import { clampVoxel, replaceAxis } from "./volume";

export type PlaneName = "axial" | "coronal" | "sagittal";
/** In the order in which they stand on the screen. */
export const PLANES: readonly PlaneName[] = ["coronal", "sagittal", "axial"];

/** Neurological: the left of the patient is on the left. Radiological: as if one faced the patient. */
export type Convention = "neurological" | "radiological";

/** One direction of a plane on the screen. */
export interface ScreenAxis {
  readonly axis: Axis;
  /** Whether the index falls from left to right, or from top to bottom. */
  readonly flipped: boolean;
  readonly length: number;
  /** Millimetres between neighbours. */
  readonly spacing: number;
  /** Letters at the two ends: left and right, or top and bottom; null when the space is not known. */
  readonly ends: readonly [Letter, Letter] | null;
}

export interface Plane {
  readonly name: PlaneName;
  /** Voxel axis that goes through the plane: its slices are numbered along it. */
  readonly through: Axis;
  /** Whether its index grows towards right, anterior or superior. */
  readonly rising: boolean;
  readonly across: ScreenAxis;
  readonly down: ScreenAxis;
}

/** World axes of each plane: through, to the right, upwards. */
const WORLD = {
  axial: { through: 2, right: 0, up: 1 },
  coronal: { through: 1, right: 0, up: 2 },
  sagittal: { through: 0, right: 1, up: 2 },
} as const satisfies Record<PlaneName, Readonly<Record<"through" | "right" | "up", Axis>>>;

/** The plane along the voxel axes that are nearest to its anatomical ones: oblique images are not resampled. */
export function planeOf(name: PlaneName, size: Triple, space: Space, convention: Convention): Plane {
  const { through, right, up } = WORLD[name];
  const axisOf = (world: Axis) => space.orientation.findIndex((meaning) => meaning.world === world) as Axis;
  const screenAxis = (world: Axis, towardsPositive: boolean): ScreenAxis => {
    const axis = axisOf(world);
    const meaning = space.orientation[axis];
    const flipped = meaning.positive !== towardsPositive;
    const end = flipped ? opposite(meaning) : meaning;
    return {
      axis,
      flipped,
      length: size[axis],
      spacing: space.spacing[axis],
      ends: space.known ? [letterOf(opposite(end)), letterOf(end)] : null,
    };
  };
  // On the screen the patient's right is on the right (neurological), unless we face the patient.
  const mirrored = right === 0 && convention === "radiological";
  return {
    name,
    through: axisOf(through),
    rising: space.orientation[axisOf(through)].positive,
    across: screenAxis(right, !mirrored),
    down: screenAxis(up, false),
  };
}

const opposite = ({ world, positive }: AxisMeaning): AxisMeaning => ({ world, positive: !positive });

/** Width and height in millimetres. */
export const extentOf = ({ across, down }: Plane): readonly [number, number] => [
  across.length * across.spacing,
  down.length * down.spacing,
];

/** Place of an index along a screen axis: its cell is [place, place + 1) of `length`. */
export const placeOf = ({ flipped, length }: ScreenAxis, index: number) =>
  flipped ? length - 1 - index : index;

/** The voxel in the cell at (column, row) of the plane, not rounded to whole cells; the through axis keeps its index. */
export function voxelAt(
  { across, down }: Plane,
  column: number,
  row: number,
  current: Triple,
  size: Triple,
): Triple {
  const indexOf = (screen: ScreenAxis, cell: number) => placeOf(screen, Math.floor(cell));
  const moved = replaceAxis(
    replaceAxis(current, across.axis, indexOf(across, column)),
    down.axis,
    indexOf(down, row),
  );
  return clampVoxel(moved, size);
}

/** Moves the crosshair: to the right or downwards on the screen, or so many slices further to right, anterior or superior. */
export function stepVoxel(
  plane: Plane,
  voxel: Triple,
  { right = 0, downwards = 0, further = 0 }: { right?: number; downwards?: number; further?: number },
  size: Triple,
): Triple {
  const { across, down, through, rising } = plane;
  const signed = (screen: ScreenAxis, steps: number) => (screen.flipped ? -steps : steps);
  let moved = replaceAxis(voxel, across.axis, voxel[across.axis] + signed(across, right));
  moved = replaceAxis(moved, down.axis, moved[down.axis] + signed(down, downwards));
  moved = replaceAxis(moved, through, moved[through] + (rising ? further : -further));
  return clampVoxel(moved, size);
}
