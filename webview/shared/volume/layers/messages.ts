/** What hosts tell of images and of those that lie over them, in every view that shows volumes. */
import type { Affine } from "../../../../src/space/affine";
import type { Triple } from "../../../../src/space/triple";
import type { VoxelArray } from "../../../../src/space/voxelArray";
import type { SaveRequest } from "../../saveRequest";

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
  /** Not to be seen at first. */
  readonly hidden?: boolean;
  /** To be seen beside the image at first, in step with it, where the view has room for two. */
  readonly beside?: boolean;
}

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

/** What every panel that shows volumes asks of the editor. */
export type FromViewer = { readonly kind: "hello" } | SaveRequest;
