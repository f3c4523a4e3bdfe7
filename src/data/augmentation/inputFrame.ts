/** How the inputs lie that are cut from an image. */
import {
  type Affine,
  affineOfColumns,
  identityAffine,
  isInvertible,
  stepOf,
  voxelSizesOf,
} from "../../space/affine";
import { orientationOf } from "../../space/orientation";
import { AXES, type Axis, type Triple, tripleOf } from "../../space/triple";
import type { Cut } from "../parts/parts";
import type { AugmentationPlan } from "./augmentation";
import type { InputFrame } from "./kind";

/** How an input lies that is cut from an image of this affine. @param reduction every so many voxels of an axis one is kept; null for all */
export const inputFrame = (affine: Affine, cut: Cut, reduction: number | null): InputFrame =>
  cut.mode === "slice" ? frameOfSlice(affine, cut.direction) : frameOfVolume(affine, reduction ?? 1);

function frameOfVolume(stored: Affine, step: number): InputFrame {
  const affine = knownAffine(stored);
  const column = (axis: Axis) => tripleOf((row) => stepOf(affine, axis)[row] * step);
  const steps = affineOfColumns([column(0), column(1), column(2)], [0, 0, 0]);
  return {
    voxelSize: voxelSizesOf(steps),
    affine: steps,
    worldAxes: orientationOf(affine).map(({ world }) => world),
  };
}

/** The two axes that a slice has, as if they were the first two of the world; the third one is a plane of a millimetre. */
function frameOfSlice(stored: Affine, direction: number): InputFrame {
  const affine = knownAffine(stored);
  const [first = 0, second = 1] = AXES.filter((axis) => axis !== direction);
  const [sizes, orientation] = [voxelSizesOf(affine), orientationOf(affine)];
  const voxelSize: Triple = [sizes[first], sizes[second], 1];
  const signed = (axis: Axis) => (orientation[axis].positive ? sizes[axis] : -sizes[axis]);
  return {
    voxelSize,
    affine: affineOfColumns(
      [
        [signed(first), 0, 0],
        [0, signed(second), 0],
        [0, 0, 1],
      ],
      [0, 0, 0],
    ),
    worldAxes: [orientation[first].world, orientation[second].world],
  };
}

const knownAffine = (affine: Affine): Affine => (isInvertible(affine) ? affine : identityAffine);

/** The frame of what is transformed: of an input, or of the image before it is cut. @param reduction as above */
export const frameOn = (on: AugmentationPlan["on"], affine: Affine, cut: Cut, reduction: number | null) =>
  on === "image" ? frameOfVolume(affine, 1) : inputFrame(affine, cut, reduction);

/** The plan for an image of this affine: axes and directions stay those of the first image, millimetres are its own. */
export function planForImage(
  plan: AugmentationPlan,
  affine: Affine,
  cut: Cut,
  reduction: number | null,
): AugmentationPlan {
  const { voxelSize } = frameOn(plan.on, affine, cut, reduction);
  const { frame } = plan;
  const column = (axis: Axis) =>
    tripleOf((row) => stepOf(frame.affine, axis)[row] * (voxelSize[axis] / frame.voxelSize[axis]));
  const own = affineOfColumns([column(0), column(1), column(2)], [0, 0, 0]);
  return { ...plan, frame: { ...frame, voxelSize, affine: own } };
}
