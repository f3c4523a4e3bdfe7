/** What an input preview and its thread say to each other. The thread opens no file: what may be read, its window decides. */
import type { DrawnPhrase } from "../../../../webview/inputs/messages";
import type { InputSettings, Voxels } from "../../../data/batches/networkInput";
import type { ImageInSpace } from "../../../data/nifti/imageInSpace";
import type { NiftiVolume } from "../../../data/nifti/nifti";
import type { ReadSeeds } from "../../../data/nifti/volumeMessages";
import { InputError, type Problem } from "../../../experiment/problems/problem";
import type { ErrorCodec } from "../../../messages/contract";
import { reasonOf } from "../../../messages/reasonOf";
import type { SpaceRule } from "../../../space/spaceRule";

/** The voxels of an image as it is read, as values, in shared memory: they are not copied on their way. */
export interface SharedVoxels extends Pick<Voxels, "file" | "size"> {
  readonly affine: NonNullable<Voxels["affine"]>;
  readonly data: Float32Array;
}

export interface InputRequest {
  readonly voxels: SharedVoxels;
  readonly settings: InputSettings;
  /** From 0. */
  readonly part: number;
  /** Of the training transforms; null for none. */
  readonly seeds: ReadSeeds | null;
  /** What was fitted on the training set, for an `intensity` that is. */
  readonly standard: readonly number[] | undefined;
}

export interface MadeInput {
  /** Of the plan's `inputSize`, the last axis fastest; its memory is handed over. */
  readonly values: Float32Array<ArrayBuffer>;
  /** What the transforms drew, in order; empty without seeds, and where chance left the input as it is. */
  readonly phrases: readonly DrawnPhrase[];
}

/** What the thread does. Throws an InputError for an image of which no input can be made. */
export interface InputsWork {
  /** Puts an image that was read on the grid that `space` asks for. */
  place(volume: NiftiVolume, space: SpaceRule): ImageInSpace;
  /** Whether inputs can be made of an image (`checkVoxels`). */
  check(voxels: SharedVoxels, settings: InputSettings): void;
  /** What a normalisation is fitted on (`fittedFacts`). */
  measure(voxels: SharedVoxels, settings: InputSettings): readonly number[];
  makeInput(request: InputRequest): MadeInput;
}

export type InputsFailure =
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  | { readonly kind: "failed"; readonly reason: string };

export const inputsErrors: ErrorCodec<InputsFailure> = {
  write: (error) =>
    error instanceof InputError
      ? { kind: "refused", problems: error.problems }
      : { kind: "failed", reason: reasonOf(error) },
  read: (failure) =>
    failure.kind === "refused" ? new InputError(failure.problems) : new Error(failure.reason),
};
