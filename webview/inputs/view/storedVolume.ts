import { html, type TemplateResult } from "lit";
import type { Look } from "../../shared/volume/gestures";
import type { ViewerSettings } from "../../shared/volume/viewerSettings";
import type { Sight } from "../model/storedView";
import type { Shown } from "../store";

/** An image as it is in its file, seen whole. */
export const storedVolume = (
  { volume, space, summary }: Shown,
  { move, ...view }: ViewerSettings & Sight,
  change: (look: Partial<ViewerSettings>) => void,
): TemplateResult => html`<gyrus-volume
  .volume=${volume}
  .space=${space}
  .settings=${{ ...view, zoom: null }}
  .window=${view.window ?? summary.auto}
  @gyrus-look=${({ detail: { voxel, zoom: _, ...look } }: CustomEvent<Look>) => {
    if (voxel) move(voxel);
    else change(look);
  }}
></gyrus-volume>`;
