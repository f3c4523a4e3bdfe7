/** What the trainer and its reading workers say to each other. */
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { ErrorCodec } from "../../messages/contract";
import type { Voxels } from "../batches/networkInput";
import type { VoxelFacts } from "./voxelFacts";

/** What decides the training transforms of one image. */
export interface ReadSeeds {
  /** One for each part that is wanted. */
  readonly parts: readonly number[];
  /** Of what is drawn for the image as a whole. */
  readonly image: number;
}

export interface ReadRequest {
  readonly file: string;
  /** The decoded volume when it is known already (in shared memory). */
  readonly voxels: Voxels | undefined;
  /** Parts of the image that are wanted, from 0. */
  readonly parts: readonly number[];
  /** Of the training transforms; absent in evaluation. */
  readonly seeds: ReadSeeds | undefined;
  /** What was fitted on the training set, for a normalisation that is. */
  readonly standard?: readonly number[] | undefined;
  /** To hold inputs, handed over with the request; there may be less of it than inputs. */
  readonly memory?: readonly Float32Array<ArrayBuffer>[];
  /** Whether to say also what is to be kept of its voxels. */
  readonly facts: boolean;
}

export interface ReadInputs {
  /** One array a part, its memory handed over. */
  readonly inputs: readonly Float32Array<ArrayBuffer>[];
  /** The volume in shared memory, when the request did not bring it. */
  readonly decoded: Voxels | undefined;
  /** Null where they were not asked for. */
  readonly facts: VoxelFacts | null;
}

/** What a reading worker does. Throws an InputError for an image that cannot be read. */
export interface ReadingMethods {
  read(request: ReadRequest): Promise<ReadInputs>;
}

export type ReadFailure =
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  | { readonly kind: "failed"; readonly message: string };

export const readErrors: ErrorCodec<ReadFailure> = {
  write(error) {
    if (error instanceof InputError) return { kind: "refused", problems: error.problems };
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "failed", message };
  },
  read(failure) {
    return failure.kind === "refused" ? new InputError(failure.problems) : new Error(failure.message);
  },
};
