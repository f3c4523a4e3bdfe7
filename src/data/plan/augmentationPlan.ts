/** From the transforms that an experiment asks for to what is done to its inputs. */
import type { Experiment } from "../../experiment/experiment";
import {
  type Affine,
  affineOfColumns,
  identityAffine,
  isInvertible,
  stepOf,
  voxelSizesOf,
} from "../../space/affine";
import type { Grid } from "../../space/grid";
import { orientationOf } from "../../space/orientation";
import { AXES, type Axis, type Triple, tripleOf } from "../../space/triple";
import type { AugmentationPlan } from "../augmentation/augmentation";
import type { InputFrame } from "../augmentation/kind";
import type { Cut } from "../parts/parts";

/**
 * Null without transforms. Of whole images, which are their only part, both values of `on` mean the same.
 * @param image the grid of the first image as it is read: axes and voxel size hold for all
 * @param reduction every so many voxels of an axis one is kept; null for all
 */
export function planAugmentation(
  { augmentation }: Pick<Experiment, "augmentation">,
  { affine }: Grid,
  cut: Cut,
  reduction: number | null,
): AugmentationPlan | null {
  if (augmentation === null) return null;
  const { transforms } = augmentation;
  const on = cut.mode === "image" ? "part" : augmentation.on;
  const frame = on === "part" ? inputFrame(affine, cut, reduction) : frameOfVolume(affine, 1);
  return { on, transforms, frame };
}

/** How an input lies that is cut from an image of this affine. @param reduction as above */
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
