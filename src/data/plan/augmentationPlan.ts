/** From the transforms that an experiment asks for to what is done to its inputs. */
import type { Experiment } from "../../experiment/experiment";
import type { Grid } from "../../space/grid";
import type { AugmentationPlan } from "../augmentation/augmentation";
import { frameOn } from "../augmentation/inputFrame";
import type { Cut } from "../parts/parts";

/**
 * Null without transforms. Of whole images, which are their only part, both values of `on` mean the same.
 * @param image the grid of the first image as it is read: its axes hold for all, its voxel size for images whose own is not known
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
  return { on, transforms, frame: frameOn(on, affine, cut, reduction) };
}
