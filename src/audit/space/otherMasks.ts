/** Region masks that are stored otherwise than the images: laid on the array of an image, they cut other tissue than they mark. */
import { problem, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import {
  alikeInSpace,
  type Geometry,
  isKnownIn,
  SPACE_FACTORS,
  type SpaceFactor,
} from "../../space/geometry";
import { geometryText, type PlacedImage } from "./placedImage";

/** The mask of one region, as it is read. */
export interface RegionMask {
  /** Name of its file. */
  readonly name: string;
  readonly geometry: Geometry;
}

/** An error where a mask is stored as no image is, in orientation or in voxel size; a warning where some images are stored otherwise. */
export const otherMasks = (
  masks: readonly RegionMask[],
  images: readonly PlacedImage[],
  file: string,
): Problem[] =>
  SPACE_FACTORS.flatMap((factor) => {
    const differing = (mask: RegionMask) =>
      images.filter(({ geometry }) => !isKnownIn([mask.geometry], geometry, factor));
    const strange = masks.filter((mask) => differing(mask).length > 0);
    if (strange.length === 0) return [];
    const spoilt = new Set(strange.flatMap(differing));
    const told = strange.some((mask) => differing(mask).length === images.length) ? problem : warning;
    const values = {
      count: strange.length,
      of: masks.length,
      found: texts(strange, factor),
      images: spoilt.size,
      all: images.length,
      stored: texts([...spoilt], factor),
      names: some(strange.map(({ name }) => name)),
    };
    return [
      factor === "orientation"
        ? told("space.orientation-of-mask", { file }, values)
        : told("space.voxel-size-of-mask", { file }, values),
    ];
  });

/** One geometry of each kind, the most frequent first. */
const texts = (placed: readonly { readonly geometry: Geometry }[], factor: SpaceFactor) =>
  some(alikeInSpace(placed, factor).map(({ geometry }) => geometryText(geometry, factor)));
