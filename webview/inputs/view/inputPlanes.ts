/** The planes of an image, and of what the network gets of it. */
import type { TemplateResult } from "lit";
import type { Triple } from "../../../src/space/triple";
import type { ShownLayer } from "../../shared/volume/blendSlice";
import type { Look } from "../../shared/volume/gestures";
import type { PlaneMark } from "../../shared/volume/marks";
import type { Plane, PlaneName } from "../../shared/volume/planes";
import { viewer } from "../../shared/volume/viewer/viewer";
import type { ViewerSettings } from "../../shared/volume/viewer/viewerSettings";
import { middleOf } from "../../shared/volume/volume";
import type { InputPlan } from "../messages";
import { flatPlane } from "../model/chosen";
import { planesOf, toImage, toPart } from "../model/partGeometry";
import type { Shown } from "../store";
import { partName, text } from "../texts";

interface Planes {
  readonly view: ViewerSettings;
  readonly layers: readonly ShownLayer[];
}

interface ImagePlanes extends Planes {
  marks(plane: Plane, voxel: Triple, part: number): readonly PlaneMark[];
  look(look: Look): void;
}

/** The image with the parts drawn over it. */
export function imagePlanes(
  plan: InputPlan,
  { volume, space, summary: { auto } }: Shown,
  part: number,
  { view, layers, marks, look }: ImagePlanes,
): TemplateResult {
  return viewer(
    {
      volume,
      space,
      settings: view,
      auto,
      layers,
      marks: (plane, voxel) => marks(plane, voxel, part),
      remark: text("remark", partName(plan.cut, part)),
    },
    look,
  );
}

interface InputPlanes extends Planes {
  /** The only plane that is shown; all three when absent. Of a slice it is its own. */
  readonly only?: PlaneName;
  /** `voxel`: of the image, where the crosshair was moved. */
  look(look: Look, voxel: Triple | null): void;
}

/** An input of the network: its crosshair is that of the image. */
export function inputPlanes(
  plan: InputPlan,
  { volume, space, summary: { auto } }: Shown,
  part: number,
  { view, layers, look, only }: InputPlanes,
): TemplateResult {
  const planes = planesOf(plan, part);
  const flat = plan.cut.mode === "slice" ? flatPlane(plan, space) : null;
  const voxel = toPart(planes, view.voxel ?? middleOf(plan.imageSize));
  return viewer(
    {
      volume,
      space,
      settings: { ...view, voxel },
      auto,
      layers,
      only: flat ?? only ?? null,
      place: flat === null ? "" : "flat",
    },
    (changed) => look(changed, changed.voxel ? toImage(planes, changed.voxel) : null),
  );
}
