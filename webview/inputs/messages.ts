/**
 * Everything that the input preview and the editor say to each other. The editor plans the data of the experiment and computes
 * each input with the code of the training; the view asks for one image and one part of it at a time.
 */

import type { Answer, Cancel, Request } from "../../src/messages/contract";
import type { Affine } from "../../src/space/affine";
import type { CutOf, CutRegion, Planes } from "../../src/space/cut";
import type { Triple } from "../../src/space/triple";
import type { Task } from "../../src/statistics/task";
import type { Translations } from "../shared/text";
import type { FromViewer, LayerAnswer, LayerFile } from "../shared/volume/layers/messages";
import type { DrawnText } from "./strings";

export type InputRegion = CutRegion;
export type InputCut = CutOf<InputRegion>;

export interface InputImage {
  readonly participant: string;
  readonly session: string;
  /** "single" unless there are several cohorts. */
  readonly cohort: string;
  /** Text of the label column, "" without label. */
  readonly label: string;
}

export interface InputSplit {
  readonly split: number;
  /** Indices into the images of the plan, in the order of the tables. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}
export type SetName = "train" | "validation";

export interface InputPlan {
  readonly task: Task;
  /** Column that is predicted; null for a reconstruction without label. */
  readonly label: string | null;
  readonly classes: readonly string[];
  /** Kind of the normalisation; null for none. */
  readonly intensity: "min-max" | "z-score" | "percentile" | "histogram" | null;
  readonly imageSize: Triple;
  /** [channels, ...spatial] of one input. */
  readonly inputSize: readonly number[];
  readonly cut: InputCut;
  /** Voxels that a reduced image keeps along x, y, z; null without reduction. */
  readonly reduced: Planes | null;
  /** Names of the transforms of training samples, in order. */
  readonly augmentation: readonly string[];
  readonly images: readonly InputImage[];
  readonly splits: readonly InputSplit[];
  /** Of the experiment: it decides what is drawn. */
  readonly seed: number;
}

export interface InputProblem {
  readonly severity: "error" | "warning" | "notice";
  readonly file: string | null;
  /** Line of the file, from 1, when it is a table. */
  readonly line: number | null;
  /** Key or row, as it is said. */
  readonly where: string | null;
  readonly message: string;
  readonly remedy: string;
}

export type ToInputs =
  | {
      readonly kind: "welcome";
      /** URI of the experiment file. */
      readonly experiment: string;
      readonly name: string;
      readonly texts: Translations;
    }
  /** The tables and headers are being read (again). */
  | { readonly kind: "planning" }
  /** `plan` is null when the problems leave nothing to look at. */
  | { readonly kind: "plan"; readonly plan: InputPlan | null; readonly problems: readonly InputProblem[] }
  /** Lays these over the images. */
  | { readonly kind: "layers"; readonly layers: readonly LayerFile[] }
  | Answer<readonly InputProblem[]>;

/** What the view asks for, by the numbers of the plan. An image that cannot be read is refused with its problems. */
export interface InputsMethods {
  /** The image as it is read: on the grid of `space`, its values not normalised. */
  readImage(image: number): ImageAnswer;
  /** The image as it is in its file. */
  readStored(image: number): ImageAnswer;
  /** What the network gets of it where nothing is drawn. */
  readInput(image: number, part: number): InputAnswer;
  /** What it gets of it in training; null where the training never draws so often for it. */
  readDraw(image: number, part: number, asked: AskedDraw): DrawAnswer | null;
  /** Of a layer that the host named, or did before the window was reloaded. */
  openLayer(uri: string, volume: number): LayerAnswer;
}

export interface ImageAnswer {
  readonly size: Triple;
  readonly affine: Affine;
  readonly voxelSize: Triple;
  /** z fastest. */
  readonly values: Float32Array;
}

export interface InputAnswer {
  /** Of the image. */
  readonly affine: Affine;
  readonly voxelSize: Triple;
  /** Of the plan's `inputSize`, the last axis fastest. */
  readonly values: Float32Array;
}

/** One of the times that a training of a split learns from an input. */
export interface AskedDraw {
  readonly split: number;
  /** Which of these times, from 0. */
  readonly number: number;
  /** Of the experiment, or another to see what that would draw. */
  readonly seed: number;
}

export interface DrawAnswer extends InputAnswer {
  /** In which that is, from 0. */
  readonly epoch: number;
  /** What was done, in order; empty where chance left the input as it is. */
  readonly phrases: readonly DrawnPhrase[];
}

/** What one transform did: a text of the preview with its values. */
export interface DrawnPhrase {
  readonly text: DrawnText;
  /** Letters are axes of the input. */
  readonly values: readonly (number | "x" | "y" | "z")[];
}

export type FromInputs =
  | FromViewer
  | { readonly kind: "open"; readonly file: string; readonly line: number | null }
  | { readonly kind: "again" }
  /** The user wants an image laid over that one of the plan, and will be asked which. */
  | { readonly kind: "addLayer"; readonly image: number }
  | Request<InputsMethods>
  | Cancel;
