import { isKept } from "../shared/keptState";
import type { KeptLayer } from "../shared/volume/layers/layerReader";
import { USUAL_VIEW, type ViewerSettings } from "../shared/volume/viewer/viewerSettings";

/** How the user looks at the file: all that survives a reload besides the file itself. */
export interface NiftiState {
  readonly version: 2;
  /** URI of the file. */
  readonly file: string;
  /** Number of the volume, from 0. */
  readonly volume: number;
  readonly view: ViewerSettings;
  /** The last one is on top. */
  readonly layers: readonly KeptLayer[];
  /** URI of the layer that is seen beside the image instead of over it; absent: none. */
  readonly beside?: string | null;
}

export const usualState = (file: string): NiftiState => ({
  version: 2,
  file,
  volume: 0,
  view: USUAL_VIEW,
  layers: [],
});

export const isNiftiState = (stored: unknown): stored is NiftiState => isKept(stored, 2, { file: "string" });
