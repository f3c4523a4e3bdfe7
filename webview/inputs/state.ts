import type { KeptLayer } from "../shared/volume/layers/layerReader";
import { USUAL_VIEW, type ViewerSettings } from "../shared/volume/viewerSettings";
import type { SetName } from "./messages";

/** How the user looks at the inputs: all that survives a reload besides the files. */
export interface InputsState {
  readonly version: 1;
  /** URI of the experiment file. */
  readonly experiment: string;
  /** Null for the first. */
  readonly split: number | null;
  readonly set: SetName;
  /** `imageKey` of the chosen image; null for the first. */
  readonly image: string | null;
  /** Null for the one that the crosshair is in. */
  readonly part: number | null;
  /** Seed of the training transforms that are shown; null for none. */
  readonly seed: number | null;
  /** Whether the image is seen as it is in its file; absent in states of before. */
  readonly stored?: boolean;
  readonly search: string;
  /** Crosshair in voxels of the image; window and zoom of the larger view. */
  readonly view: ViewerSettings;
  /** Over every image, the last one on top; absent in what an older version kept. */
  readonly layers?: readonly KeptLayer[];
}

export const usualState = (experiment: string): InputsState => ({
  version: 1,
  experiment,
  split: null,
  set: "train",
  image: null,
  part: null,
  seed: null,
  search: "",
  view: USUAL_VIEW,
});

/** Anything else in the store (nothing, or another version's state) is left aside. */
export function isInputsState(stored: unknown): stored is InputsState {
  return (
    typeof stored === "object" &&
    stored !== null &&
    "version" in stored &&
    stored.version === 1 &&
    "experiment" in stored &&
    typeof stored.experiment === "string"
  );
}
