import type { LayerList } from "../network/building/customArchitecture";
import type { Settings } from "../optimizer/hyperparameter";
import type { LossName } from "../statistics/losses/losses";
import type { Images } from "./schema/images";
import type { Preprocessing } from "./schema/preprocessing";
import type { ExperimentFile } from "./schema/schema";

/** An experiment with nothing left to guess: defaults of its task filled in, paths absolute, false and "" turned to null. */
export interface Experiment
  extends Omit<
    ExperimentFile,
    | "caps_directory"
    | "images"
    | "preprocessing_json"
    | "preprocessing_dict"
    | "label"
    | "label_code"
    | "loss"
    | "selection_metrics"
    | "selection_threshold"
    | "transfer_path"
    | "architecture"
    | "optimizer_settings"
  > {
  /** "" where the images are those of `images`. */
  readonly caps_directory: string;
  /** Null for images of a CAPS. */
  readonly images: Images | null;
  readonly preprocessing_dict: Preprocessing;
  /** Null for a reconstruction without label. */
  readonly label: string | null;
  /** Null until the tables are read, when the file does not give it, and outside classification. */
  readonly label_code: Readonly<Record<string, number>> | null;
  readonly loss: LossName;
  readonly selection_metrics: readonly string[];
  readonly selection_threshold: number | null;
  readonly transfer_path: string | null;
  /** Every hyperparameter of the optimizer. */
  readonly optimizer_settings: Settings;
  /** A zoo name, never "default", or the user's layers. */
  readonly architecture: string | LayerList;
}
