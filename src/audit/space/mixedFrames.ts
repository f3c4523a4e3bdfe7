/** Training images that lie otherwise in the head than the first of them, from whose axes `augmentation` knows where left and right are. */
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import type { AugmentationSettings, TransformSettings } from "../../experiment/schema/augmentation";
import { alikeInSpace, type Geometry } from "../../space/geometry";
import { orientationOfCodes } from "../../space/orientation";
import { namedGroup, type PlacedImage } from "./placedImage";

/** What must be alike in two images for a transform to mean the same in both: nothing, which voxel axis follows which axis of the body, or its direction too. */
type Frame = "any" | "axes" | "directions";

/** An error where a transform would take another axis, or the other direction of it, in some images than in others. */
export function mixedFrames(
  images: readonly PlacedImage[],
  augmentation: AugmentationSettings | null,
): Problem[] {
  const groups = alikeInSpace(images, "orientation");
  const axes = new Set(groups.map(({ geometry }) => axesOf(geometry)));
  const disturbed = (augmentation?.transforms ?? [])
    .flatMap((step) => ("one_of" in step ? step.one_of : [step]))
    .filter((transform) => {
      const needed = frameOf(transform);
      return needed === "directions" ? groups.length > 1 : needed === "axes" && axes.size > 1;
    });
  if (disturbed.length === 0) return [];
  const kinds = [...new Set(disturbed.map(({ kind }) => kind))];
  return [
    problem(
      "augmentation.frames-mixed",
      { where: "augmentation" },
      { kinds, groups: groups.map((group) => namedGroup(group, "orientation")) },
    ),
  ];
}

/** World axes by voxel axis, "0 1 2" for RAS and LAS; "" where the affine gives no directions. */
const axesOf = ({ orientation }: Geometry): string =>
  orientationOfCodes(orientation ?? "")
    ?.map(({ world }) => world)
    .join(" ") ?? "";

function frameOf(transform: TransformSettings): Frame {
  switch (transform.kind) {
    case "flip":
    case "anisotropy":
      return transform.axes.some((axis) => typeof axis === "string") ? "axes" : "any";
    case "affine":
      // A range that is the same in both directions means the same whichever of them is positive.
      return [transform.degrees, transform.translation, transform.shear].every(([low, high]) => low === -high)
        ? "axes"
        : "directions";
    case "elastic":
    case "gamma":
    case "noise":
    case "blur":
    case "bias_field":
    case "ghosting":
    case "motion":
    case "spike":
    case "contrast":
    case "brightness":
    case "erasing":
    case "swap":
      return "any";
  }
}
