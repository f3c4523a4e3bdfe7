import type { KeptLayer } from "../shared/volume/layers/layerReader";
import type { PlaneName } from "../shared/volume/planes";
import { USUAL_VIEW, type ViewerSettings } from "../shared/volume/viewer/viewerSettings";
import type { InputPlan, SetName } from "./messages";

/** Which draws are seen. */
export interface ChosenDraws {
  /** The first one of them, from 0. */
  readonly from: number;
  /** Null for that of the experiment. */
  readonly seed: number | null;
  readonly plane: PlaneName;
}

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
  /** Draws of the training transforms that are seen; null or absent for none. */
  readonly draws?: ChosenDraws | null;
  /** Whether the image is seen as it is in its file; absent in states of before. */
  readonly stored?: boolean;
  readonly search: string;
  /** Crosshair in voxels of the image; window and zoom of the larger view. */
  readonly view: ViewerSettings;
  /** Over every image, the last one on top; absent in what an older version kept. */
  readonly layers?: readonly KeptLayer[];
}

/** As what an image is seen: as it is in its file, as it is without transforms, or as the training learns from it. */
export type Stage = "stored" | "trained" | "draws";

export const stageOf = ({ stored = false, draws = null }: Pick<InputsState, "stored" | "draws">): Stage =>
  draws !== null ? "draws" : stored ? "stored" : "trained";

/** Those that there are. */
export const stagesOf = ({ augmentation }: Pick<InputPlan, "augmentation">): readonly Stage[] =>
  augmentation.length === 0 ? ["stored", "trained"] : ["stored", "trained", "draws"];

/** What is seen first of the draws. */
export const FIRST_DRAWS: ChosenDraws = { from: 0, seed: null, plane: "axial" };

export const usualState = (experiment: string): InputsState => ({
  version: 1,
  experiment,
  split: null,
  set: "train",
  image: null,
  part: null,
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
