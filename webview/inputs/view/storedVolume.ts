import type { TemplateResult } from "lit";
import type { ShownLayer } from "../../shared/volume/blendSlice";
import { viewer } from "../../shared/volume/viewer/viewer";
import type { ViewerSettings } from "../../shared/volume/viewer/viewerSettings";
import type { Sight } from "../model/storedView";
import type { Shown } from "../store";

/** An image as it is in its file, seen whole. */
export const storedVolume = (
  { volume, space, summary: { auto } }: Shown,
  { move, ...view }: ViewerSettings & Sight,
  layers: readonly ShownLayer[],
  change: (look: Partial<ViewerSettings>) => void,
): TemplateResult =>
  viewer(
    { volume, space, settings: { ...view, zoom: null }, auto, layers },
    ({ voxel, zoom: _, ...look }) => {
      if (voxel) move(voxel);
      else change(look);
    },
  );
