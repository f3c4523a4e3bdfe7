/** From `preprocessing_dict` to a Cut: how many parts an image of this size gives, or why none. */

import type { Experiment } from "../../experiment/experiment";
import { refuse } from "../../experiment/problems/makeProblem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import type { Grid } from "../../space/grid";
import type { ImagePlace } from "../sources/imageSources";
import type { ImageSize } from "../sources/images";
import type { Cut } from "./parts";
import { readRegions } from "./regions";

/** Which part of an image is seen, and how its axes lie as it is read. */
export type CutRequest = Pick<Experiment, "preprocessing_dict" | "space">;

/**
 * `image`: the grid of the first image as it is read. `masks`: where the images are beside which the masks of regions stand; with several
 * cohorts, the first one's, as in ClinicaDL.
 * Throws an InputError: a patch larger than the image, no slice left, masks that cannot be used.
 */
export async function planCut(
  { preprocessing_dict: preprocessing, space }: CutRequest,
  image: Grid,
  masks: ImagePlace,
): Promise<Cut> {
  switch (preprocessing.mode) {
    case "image":
      return { mode: "image" };
    case "patch":
      return patches(preprocessing, image.shape);
    case "slice":
      return slices(preprocessing, image.shape);
    case "roi":
      if (space.size !== undefined && space.center === "head")
        throw refuse("regions.head", { where: "space.center" });
      return { mode: "roi", regions: await readRegions(preprocessing, image, masks, space) };
  }
}

/** n = floor((length - size) / stride) + 1 along each axis, without padding: voxels at the end may be left out. */
function patches({ patch_size: size, stride_size: stride }: Preprocessing, image: ImageSize): Cut {
  if (image.some((length) => length < size)) {
    const most = Math.min(...image);
    throw refuse(
      "patch.too-large",
      { where: "preprocessing_dict.patch_size", instead: { values: [most] } },
      { patch: size, size: image.join("x"), most },
    );
  }
  const count = (length: number) => Math.floor((length - size) / stride) + 1;
  return { mode: "patch", size, stride, counts: [count(image[0]), count(image[1]), count(image[2])] };
}

function slices(preprocessing: Preprocessing, image: ImageSize): Cut {
  const { slice_direction: direction, slice_mode, discarded_slices, num_slices } = preprocessing;
  const [begin, end = begin] = typeof discarded_slices === "number" ? [discarded_slices] : discarded_slices;
  const first = begin ?? 0;
  const left = image[direction] - first - (end ?? 0);
  const count = num_slices ?? left;
  const all = image[direction];
  if (left < 1) {
    const where = "preprocessing_dict.discarded_slices";
    throw refuse("slices.all-discarded", { where }, { slices: all, first, last: end });
  }
  if (count > left) {
    const where = "preprocessing_dict.num_slices";
    throw refuse("slices.too-many", { where }, { asked: count, left, slices: all });
  }
  return { mode: "slice", direction, channels: slice_mode === "rgb" ? 3 : 1, first, count };
}
