/** What the trainer and its reading workers say to each other. */
import type { Problem } from "../../experiment/problem";
import type { Voxels } from "../batches/networkInput";

export interface ReadRequest {
  readonly id: number;
  readonly file: string;
  /** The decoded volume when it is known already (in shared memory). */
  readonly voxels: Voxels | undefined;
  /** Parts of the image that are wanted, from 0. */
  readonly parts: readonly number[];
  /** Of the training transforms of each part; absent in evaluation. */
  readonly seeds: readonly number[] | undefined;
}

export type ReadReply = { readonly id: number } & (
  | {
      readonly kind: "inputs";
      /** One array a part, its memory handed over. */
      readonly inputs: readonly Float32Array<ArrayBuffer>[];
      /** The volume in shared memory, when the request did not bring it. */
      readonly decoded: Voxels | undefined;
    }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  | { readonly kind: "failed"; readonly message: string }
);
