import { blendSlice, type ShownLayer } from "./blendSlice";
import { colorMap } from "./colorMap";
import type { IntensityWindow } from "./intensity";
import type { Plane } from "./planes";
import { colorSlice } from "./sliceImage";
import type { ViewerSettings } from "./viewer/viewerSettings";
import type { Volume } from "./volume";

/** What a plane shows of an image and of those over it. */
export interface SliceContent {
  readonly volume: Volume;
  /** Whether the image itself is left out: its layers lie on black, in its place. */
  readonly bare: boolean;
  readonly window: IntensityWindow;
  readonly settings: ViewerSettings;
  /** The last one on top. */
  readonly layers: readonly ShownLayer[];
}

/** The slice `index` of a plane with all that lies over it. `pixels`: 4 x across x down, RGBA. */
export function paintSlice(
  { volume, bare, window, settings, layers }: SliceContent,
  plane: Plane,
  index: number,
  pixels: Uint8ClampedArray,
): void {
  if (bare) for (let at = 0; at < pixels.length; at += 4) pixels.set([0, 0, 0, 255], at);
  else colorSlice(volume, plane, index, window, colorMap(settings.colors), pixels);
  for (const layer of layers) if (layer.look.visible) blendSlice(layer, plane, index, pixels);
}
