/** The planes of an image, and of what the network gets of it. */
import { html, type TemplateResult } from "lit";
import type { Triple } from "../../../src/space/triple";
import type { ShownLayer } from "../../shared/volume/blendSlice";
import type { Look } from "../../shared/volume/gestures";
import type { PlaneMark } from "../../shared/volume/marks";
import type { Plane, PlaneName } from "../../shared/volume/planes";
import type { ViewerSettings } from "../../shared/volume/viewerSettings";
import { middleOf } from "../../shared/volume/volume";
import "../../shared/volume/volumeElement";
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
  { volume, space, summary }: Shown,
  part: number,
  { view, layers, marks, look }: ImagePlanes,
): TemplateResult {
  return html`<gyrus-volume
    .volume=${volume}
    .space=${space}
    .settings=${view}
    .window=${view.window ?? summary.auto}
    .layers=${layers}
    .marks=${(plane: Plane, voxel: Triple): readonly PlaneMark[] => marks(plane, voxel, part)}
    .remark=${text("remark", partName(plan.cut, part))}
    @gyrus-look=${({ detail }: CustomEvent<Look>) => look(detail)}
  ></gyrus-volume>`;
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
  { volume, space, summary }: Shown,
  part: number,
  { view, layers, look, only }: InputPlanes,
): TemplateResult {
  const planes = planesOf(plan, part);
  const flat = plan.cut.mode === "slice" ? flatPlane(plan, space) : null;
  const voxel = toPart(planes, view.voxel ?? middleOf(plan.imageSize));
  return html`<gyrus-volume
    class=${flat === null ? "" : "flat"}
    .volume=${volume}
    .space=${space}
    .only=${flat ?? only ?? null}
    .settings=${{ ...view, voxel }}
    .window=${view.window ?? summary.auto}
    .layers=${layers}
    @gyrus-look=${({ detail }: CustomEvent<Look>) =>
      look(detail, detail.voxel ? toImage(planes, detail.voxel) : null)}
  ></gyrus-volume>`;
}
