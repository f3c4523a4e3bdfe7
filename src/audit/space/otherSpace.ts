/** Images that are stored as none was that the networks learned from: their answers are guesses. */
import { problem, remark, warning } from "../../experiment/problems/makeProblem";
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

/**
 * An error where no image of the set is stored as one of the training is, in orientation or in voxel size; a warning where some are
 * not. @param training geometries of the training images, as they are read; as many as one likes of each
 */
export const otherThanTraining = (
  images: readonly PlacedImage[],
  training: readonly Geometry[],
  file: string,
): Problem[] =>
  SPACE_FACTORS.flatMap((factor) => {
    const { strange, values } = compared(images, training, factor);
    if (strange === 0 || training.length === 0) return [];
    const told = strange === images.length ? problem : warning;
    return [
      factor === "orientation"
        ? told("space.orientation-other", { file }, values)
        : told("space.voxel-size-other", { file }, values),
    ];
  });

/** An error where no validation image of a split is stored as one of its training images is: it would measure something else. */
export const validationApart = (
  split: number,
  sets: { readonly train: readonly PlacedImage[]; readonly validation: readonly PlacedImage[] },
  file: string,
): Problem[] =>
  SPACE_FACTORS.flatMap((factor) => {
    const training = sets.train.map(({ geometry }) => geometry);
    const { strange, values } = compared(sets.validation, training, factor);
    if (training.length === 0 || strange === 0 || strange < sets.validation.length) return [];
    const { of, found, trained } = values;
    return [
      factor === "orientation"
        ? problem("space.orientation-of-validation", { file }, { of, found, trained, split })
        : problem("space.voxel-size-of-validation", { file }, { of, found, trained, split }),
    ];
  });

/** What the networks of a training begin with has learned from these. */
export interface SourceSpace {
  /** The MAPS. */
  readonly maps: string;
  /** Of its training images, as they are read; empty where nothing tells. */
  readonly geometries: readonly Geometry[];
}

/** Warnings where images are stored as none was that the source of the transfer has learned from; a notice where that is not known. */
export function otherThanSource(
  images: readonly PlacedImage[],
  { maps: source, geometries }: SourceSpace,
): Problem[] {
  const place = { where: "transfer_path" };
  if (geometries.length === 0) return [remark("space.source-unknown", place, { source })];
  return SPACE_FACTORS.flatMap((factor) => {
    const { strange, values } = compared(images, geometries, factor);
    if (strange === 0) return [];
    return [
      factor === "orientation"
        ? warning("space.orientation-of-source", place, { ...values, source })
        : warning("space.voxel-size-of-source", place, { ...values, source }),
    ];
  });
}

function compared(images: readonly PlacedImage[], training: readonly Geometry[], factor: SpaceFactor) {
  const known = kinds(training, factor);
  const strange = images.filter(({ geometry }) => !isKnownIn(known, geometry, factor));
  const texts = (geometries: readonly Geometry[]) =>
    some(geometries.map((geometry) => geometryText(geometry, factor)));
  return {
    strange: strange.length,
    values: {
      count: strange.length,
      of: images.length,
      found: texts(
        kinds(
          strange.map(({ geometry }) => geometry),
          factor,
        ),
      ),
      trained: texts(known),
      names: some(strange.map(({ name }) => name)),
    },
  };
}

/** One geometry of each kind, the most frequent first. */
const kinds = (geometries: readonly Geometry[], factor: SpaceFactor): readonly Geometry[] =>
  alikeInSpace(
    geometries.map((geometry) => ({ geometry })),
    factor,
  ).map(({ geometry }) => geometry);
