/**
 * Everything that the image editor and the host say to each other. The host reads the file; the view is given the header at
 * once, then one volume at a time, and asks for another when the user does.
 */

import type { Answer, Cancel, Request } from "../../src/messages/contract";
import type { VoxelArray } from "../../src/space/voxelArray";
import type { Translations } from "../shared/text";
import type {
  Fault,
  FromViewer,
  ImageInfo,
  LayerAnswer,
  LayerFile,
  TooLarge,
} from "../shared/volume/layers/messages";

/** What the view asks for. A file or volume that cannot be read is refused with faults. */
export interface NiftiMethods {
  /** `anyway`: the user was told that it is large. */
  readVolume(index: number, anyway: boolean): VolumeAnswer;
  /** The header and a volume (from 0) of a layer that the host named, or did before the window was reloaded. */
  openLayer(uri: string, volume: number): LayerAnswer;
}

export type VolumeAnswer =
  /** x fastest, without slope and intercept. */
  | {
      readonly kind: "voxels";
      readonly voxels: VoxelArray;
      /** Red, green, blue and opacity of each voxel, where the file holds colours: the voxels are their brightness. */
      readonly colours?: Uint8Array;
    }
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
  /** How much of the volume that was asked for last has been read, of so many bytes: only of large ones. */
  | { readonly kind: "progress"; readonly share: number; readonly bytes: number }
  /** The header cannot be read. */
  | { readonly kind: "faults"; readonly faults: readonly Fault[] }
  /** The file was written again: what is shown is of the past until the next header. */
  | { readonly kind: "changed" };

export type FromNifti =
  | FromViewer
  /** The user wants another layer, and will be asked which. */
  | { readonly kind: "addLayer" }
  | Request<NiftiMethods>
  | Cancel;
