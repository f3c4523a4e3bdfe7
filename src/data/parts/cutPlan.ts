/** From `preprocessing_dict` to a Cut: how many parts an image of this size gives, or why none. */
import type { Preprocessing } from "../../experiment/preprocessing";
import { type Alternatives, InputError, type Problem } from "../../experiment/problem";
import type { ImageSize } from "../sources/images";
import type { Cut } from "./parts";
import { readRegions } from "./regions";

/**
 * `caps`: where the masks of regions are; with several cohorts, the first one's, as in ClinicaDL.
 * Throws an InputError: a patch larger than the image, no slice left, masks that cannot be used.
 */
export async function planCut(preprocessing: Preprocessing, image: ImageSize, caps: string): Promise<Cut> {
  switch (preprocessing.mode) {
    case "image":
      return { mode: "image" };
    case "patch":
      return patches(preprocessing, image);
    case "slice":
      return slices(preprocessing, image);
    case "roi":
      return { mode: "roi", regions: await readRegions(preprocessing, image, caps) };
  }
}

/** n = floor((length - size) / stride) + 1 along each axis, without padding: voxels at the end may be left out. */
function patches({ patch_size: size, stride_size: stride }: Preprocessing, image: ImageSize): Cut {
  if (image.some((length) => length < size)) {
    throw refused(
      "patch_size",
      `A patch of ${size} voxels does not fit into images of ${image.join("x")}.`,
      `Choose at most ${Math.min(...image)}.`,
      { values: [Math.min(...image)] },
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
  if (left < 1) {
    throw refused(
      "discarded_slices",
      `Nothing is left of ${image[direction]} slices when ${first} and ${end} are discarded.`,
      "Discard fewer.",
    );
  }
  if (count > left) {
    throw refused(
      "num_slices",
      `${count} slices are asked, ${left} are left of ${image[direction]}.`,
      "Ask for fewer, or leave num_slices out.",
    );
  }
  return { mode: "slice", direction, channels: slice_mode === "rgb" ? 3 : 1, first, count };
}

function refused(key: string, message: string, remedy: string, instead?: Alternatives): InputError {
  const problem: Problem = { severity: "error", where: `preprocessing_dict.${key}`, message, remedy };
  return new InputError([instead === undefined ? problem : { ...problem, instead }]);
}
