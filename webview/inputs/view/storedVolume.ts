import { html, type TemplateResult } from "lit";
import type { ShownLayer } from "../../shared/volume/blendSlice";
import type { Look } from "../../shared/volume/gestures";
import type { ViewerSettings } from "../../shared/volume/viewerSettings";
import type { Sight } from "../model/storedView";
import type { Shown } from "../store";

/** An image as it is in its file, seen whole. */
export const storedVolume = (
  { volume, space, summary }: Shown,
  { move, ...view }: ViewerSettings & Sight,
  layers: readonly ShownLayer[],
  change: (look: Partial<ViewerSettings>) => void,
): TemplateResult => html`<gyrus-volume
  .volume=${volume}
  .space=${space}
  .settings=${{ ...view, zoom: null }}
  .window=${view.window ?? summary.auto}
  .layers=${layers}
  @gyrus-look=${({ detail: { voxel, zoom: _, ...look } }: CustomEvent<Look>) => {
    if (voxel) move(voxel);
    else change(look);
  }}
></gyrus-volume>`;
