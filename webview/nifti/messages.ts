/**
 * Everything that the image editor and the host say to each other. The host reads the file; the view is given the header at
 * once, then one volume at a time, and asks for another when the user does.
 */

import type { Answer, Cancel, Request } from "../../src/messages/contract";
import type { Affine } from "../../src/space/affine";
import type { Triple } from "../../src/space/triple";
import type { VoxelArray } from "../../src/space/voxelArray";
import type { Translations } from "../shared/text";

/** What the header says. */
export interface ImageInfo {
  /** Bytes of the file, as it is on the disk; null when nobody tells. */
  readonly fileBytes: number | null;
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  readonly datatype: string;
  /** Length of every axis, those after the third included. */
  readonly sizes: readonly number[];
  /** Voxels of a volume along x, y, z. */
  readonly size: Triple;
  readonly volumes: number;
  /** Bytes of one volume, uncompressed. */
  readonly volumeBytes: number;
  readonly slope: number;
  readonly intercept: number;
  readonly voxelSize: Triple;
  readonly affine: Affine;
  readonly description: string;
  readonly intent: string;
  readonly spaceUnit: string | null;
  readonly timeUnit: string | null;
  readonly timeStep: number;
  readonly form: "sform" | "qform" | "none";
  /** Meaning of the affine's code; "" when it has none. */
  readonly space: string;
}

/** Why something cannot be shown, and what to do. */
export interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/** Why the voxels were not read. */
export interface TooLarge {
  readonly bytes: number;
  /** Bytes from which the host asks before it reads, or refuses. */
  readonly limit: number;
  /** Whether the user may have it read all the same. */
  readonly mayTry: boolean;
}

/** An image that lies over the one that was opened. */
export interface LayerFile {
  readonly uri: string;
  readonly name: string;
  /** Whether it tells where a network's answers come from: its weakest values are hidden at first. */
  readonly isMap: boolean;
}

/** What the view asks for. A file or volume that cannot be read is refused with faults. */
export interface NiftiMethods {
  /** `anyway`: the user was told that it is large. */
  readVolume(index: number, anyway: boolean): VolumeAnswer;
  /** The header and the first volume of a layer that the host named, or did before the window was reloaded. */
  openLayer(uri: string): LayerAnswer;
}

export type VolumeAnswer =
  /** x fastest, without slope and intercept. */
  | { readonly kind: "voxels"; readonly voxels: VoxelArray }
  | { readonly kind: "tooLarge"; readonly why: TooLarge };

export type LayerAnswer =
  | {
      readonly kind: "layer";
      readonly image: ImageInfo;
      readonly voxels: VoxelArray;
      /** Names of labels, from the table beside the file; empty without one. */
      readonly regions: readonly (readonly [number, string])[];
    }
  /** Nobody but the view names it, and it is not of the workspace. */
  | { readonly kind: "elsewhere" }
  | { readonly kind: "tooLarge"; readonly why: TooLarge };

export type ToNifti =
  | {
      readonly kind: "welcome";
      /** URI of the file: what the view was looking at belongs to it. */
      readonly uri: string;
      readonly name: string;
      readonly texts: Translations;
    }
  | { readonly kind: "header"; readonly image: ImageInfo }
  /** Lays these over the image. */
  | { readonly kind: "layers"; readonly layers: readonly LayerFile[] }
  | Answer<readonly Fault[]>
  /** The header cannot be read. */
  | { readonly kind: "faults"; readonly faults: readonly Fault[] }
  /** The file was written again: what is shown is of the past until the next header. */
  | { readonly kind: "changed" };

export type FromNifti =
  | { readonly kind: "hello" }
  /** The user wants another layer, and will be asked which. */
  | { readonly kind: "addLayer" }
  | Request<NiftiMethods>
  | Cancel;
