/** What of a plan is looked at. */

import { partCount } from "../../../src/space/cut";
import type { Space } from "../../../src/space/space";
import type { Triple } from "../../../src/space/triple";
import type { PlaneName } from "../../shared/volume/planes";
import { USUAL_VIEW, type ViewerSettings } from "../../shared/volume/viewer/viewerSettings";
import { clamp, clampVoxel, middleOf } from "../../shared/volume/volume";
import type { InputPlan } from "../messages";
import type { InputsState } from "../state";
import { imageKey, imagesOf } from "./images";
import { partAt, showPart } from "./partGeometry";

export interface Chosen {
  readonly split: number;
  /** Index into the images of the plan; -1 when the set has none. */
  readonly image: number;
  readonly part: number;
  /** Where the crosshair is in the image. */
  readonly voxel: Triple;
}

/** What the user chose as long as the plan has it, else the first split, the first image, the part in the middle or the first. */
export function chosen(plan: InputPlan, settings: InputsState): Chosen {
  const { splits, images, cut, imageSize } = plan;
  const split = splits.find((one) => one.split === settings.split)?.split ?? splits[0]?.split ?? 0;
  const listed = imagesOf(plan, split, settings.set);
  const stored = listed.find((index) => imageKey(images[index]!) === settings.image);
  const middle = middleOf(imageSize);
  const wanted = settings.part ?? partAt(plan, settings.view.voxel ?? middle, 0) ?? 0;
  const part = clamp(wanted, 0, partCount(cut) - 1);
  const start = () => (partAt(plan, middle, part) === part ? middle : showPart(plan, part, middle));
  const voxel = clampVoxel(settings.view.voxel ?? start(), imageSize);
  return { split, image: stored ?? listed[0] ?? -1, part, voxel };
}

/** The view of a part: it keeps to its own brightness and is always seen whole. */
export const partView = (view: ViewerSettings): ViewerSettings => ({
  ...USUAL_VIEW,
  voxel: view.voxel,
  convention: view.convention,
  colors: view.colors,
  smooth: view.smooth,
  crosshair: view.crosshair,
});

/** The plane in which an input of a single slice lies; null for others. */
export const flatPlane = ({ cut }: InputPlan, { orientation }: Space): PlaneName | null =>
  cut.mode === "slice" ? (["sagittal", "coronal", "axial"] as const)[orientation[cut.direction].world] : null;

/** "sub-001 · ses-M000 · AD" */
export function imageName({ images, label }: InputPlan, index: number): string {
  const image = images[index];
  if (image === undefined) return "";
  const { participant, session, cohort } = image;
  return [
    participant,
    session,
    ...(cohort === "single" ? [] : [cohort]),
    ...(label === null ? [] : [image.label]),
  ].join(" · ");
}
