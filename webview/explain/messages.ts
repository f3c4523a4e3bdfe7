/**
 * Everything that the view of an explanation and the host say to each other. The host knows who is in it; the view asks for the anatomy
 * of one participant, or of the group, and is told which map lies over it.
 */
import type { Answer, Cancel, Request } from "../../src/messages/contract";
import type { VoxelArray } from "../../src/space/voxelArray";
import type { Translations } from "../shared/text";
import type { Fault, FromViewer, ImageInfo, LayerAnswer, LayerFile } from "../shared/volume/layers/messages";

/** One session that has a map. */
export interface ExplainedPerson {
  readonly participantId: string;
  readonly sessionId: string;
  /** Class or value as text; null without one. */
  readonly truth: string | null;
  readonly answer: string | null;
  /** Of the class that was answered; null where there are no classes. */
  readonly probability: number | null;
  /** Null where it cannot be told. */
  readonly wrong: boolean | null;
}

/** What was explained, and what was found about the maps as a whole. */
export interface ShownExplanation {
  readonly name: string;
  readonly group: string;
  /** `split-0/best-loss` */
  readonly model: string;
  /** "gradients" and so on; null where the files do not say. */
  readonly method: string | null;
  /** Class whose answer is explained; null where there are none, or the files do not say. */
  readonly of: string | null;
  /** Sentences in the language of the reader. */
  readonly findings: readonly string[];
  /** False: the map hardly depends on what the network has learned. */
  readonly depends: boolean | null;
  readonly people: readonly ExplainedPerson[];
  /** Kind of the parts that the maps are of ("image" is one part), and their numbers. */
  readonly mode: string;
  readonly parts: readonly number[];
  /** Other explanations of the group, by what stands in the list. */
  readonly others: readonly string[];
}

/** Where the voxels of an anatomy are, and what they stand for. */
export type AnatomyImage = Pick<ImageInfo, "size" | "affine" | "voxelSize" | "slope" | "intercept">;

export type Anatomy =
  /** `voxels`: x fastest. `of`: how many people it is the mean of. */
  | { readonly kind: "image"; readonly image: AnatomyImage; readonly voxels: VoxelArray; readonly of: number }
  /** The images are not here: the map lies over itself. */
  | { readonly kind: "map"; readonly image: AnatomyImage; readonly voxels: VoxelArray }
  | { readonly kind: "tooLarge"; readonly bytes: number };

export interface Shown {
  readonly anatomy: Anatomy;
  readonly map: LayerFile;
}

export interface ExplainMethods {
  /** `row` of `people`; -1: the mean of the group. `part`: one of `parts`. */
  show(row: number, part: number): Shown;
  openLayer(uri: string, volume: number): LayerAnswer;
}

export type ToExplain =
  | {
      readonly kind: "welcome";
      /** What the view was looking at belongs to it. */
      readonly subject: ExplainSubject;
      readonly texts: Translations;
    }
  | { readonly kind: "explanation"; readonly explanation: ShownExplanation }
  /** Lays these over the image. */
  | { readonly kind: "layers"; readonly layers: readonly LayerFile[] }
  | Answer<readonly Fault[]>
  | { readonly kind: "faults"; readonly faults: readonly Fault[] };

export type FromExplain =
  | FromViewer
  | { readonly kind: "addLayer" }
  /** Opens one of `others`. */
  | { readonly kind: "other"; readonly index: number }
  | Request<ExplainMethods>
  | Cancel;

/** Maps of one name, by one best model, of one data group of a MAPS. */
export interface ExplainSubject {
  readonly maps: string;
  readonly group: string;
  readonly split: number;
  readonly metric: string;
  readonly name: string;
}
