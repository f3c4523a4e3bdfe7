/** How a volume is looked at: what survives a reload of the window besides the file itself. */

import type { Triple } from "../../../../src/space/triple";
import type { ColorMapName } from "../colorMap";
import type { IntensityWindow } from "../intensity";
import type { Convention, PlaneName } from "../planes";

/** Part of the planes that is in sight. */
export interface Zoom {
  /** 1 shows whole planes. */
  readonly factor: number;
  /** Voxel, not rounded, in the middle of what is in sight, as far as the edges allow. */
  readonly center: Triple;
}

export interface ViewerSettings {
  /** Where the crosshair is; null for the middle of the volume. */
  readonly voxel: Triple | null;
  /** Null follows the volume. */
  readonly window: IntensityWindow | null;
  /** Null shows everything. */
  readonly zoom: Zoom | null;
  readonly convention: Convention;
  readonly colors: ColorMapName;
  /** Interpolated pictures instead of square voxels. */
  readonly smooth: boolean;
  readonly crosshair: boolean;
  /** In pictures that are copied or saved: which colour stands for which value. */
  readonly colorBar?: boolean;
  /** The plane of which slices are seen side by side, in the quarter that the planes leave free; absent: none. */
  readonly mosaic?: PlaneName | null;
}

export const USUAL_VIEW: ViewerSettings = {
  voxel: null,
  window: null,
  zoom: null,
  convention: "neurological",
  colors: "gray",
  smooth: true,
  crosshair: true,
};

export const MOST_ZOOM = 16;
