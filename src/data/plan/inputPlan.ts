/** From an experiment and the size of its images to how they become inputs of the network. */
import type { Experiment } from "../../experiment/experiment";
import { refuse } from "../../experiment/problems/makeProblem";
import type { Grid } from "../../space/grid";
import type { InputSettings } from "../batches/networkInput";
import { reducedSize } from "../batches/sizeReduction";
import { planCut } from "../parts/cutPlan";
import { partShape } from "../parts/parts";
import type { ImagePlace } from "../sources/imageSources";
import { planAugmentation } from "./augmentationPlan";
import { planIntensity } from "./intensityPlan";

export type InputRequest = Pick<
  Experiment,
  | "preprocessing_dict"
  | "space"
  | "normalize"
  | "intensity"
  | "size_reduction"
  | "size_reduction_factor"
  | "data_augmentation"
  | "augmentation"
>;

/**
 * `image`: the grid of the first image as it is read. `masks`: where the images are beside which the masks of regions stand. Throws an
 * InputError when the images cannot be cut or reduced as asked.
 */
export async function planInput(
  request: InputRequest,
  image: Grid,
  masks: ImagePlace,
): Promise<InputSettings> {
  if (request.size_reduction && request.preprocessing_dict.mode !== "image") {
    const { mode } = request.preprocessing_dict;
    throw refuse("size-reduction.parts", { where: "size_reduction" }, { mode });
  }
  const { shape: imageSize } = image;
  const cut = await planCut(request, image, masks);
  const reduction = request.size_reduction ? request.size_reduction_factor : null;
  const inputSize =
    reduction === null ? partShape(cut, imageSize) : [1, ...reducedSize(imageSize, reduction)];
  return {
    imageSize,
    space: request.space,
    cut,
    intensity: await planIntensity(request, image),
    reduction,
    inputSize,
    augmentation: request.data_augmentation || [],
    transforms: planAugmentation(request, image, cut, reduction),
  };
}
