/** What the trainer and a thread that hosts a model say to each other. */

import type { ErrorCodec } from "../../../messages/contract";
import { reasonOf } from "../../../messages/reasonOf";
import type { Network } from "../../../network/network";
import type { Sentence } from "../../../network/sentence";
import type { StateDict } from "../../../network/weights/tensor";
import { EngineError, type Trainer, type TrainerOptions } from "../../engine";
import type { OnnxSettings } from "../onnxPredictor";

interface Hosted {
  readonly network: Network;
  readonly settings: OnnxSettings;
}

export interface HostedPredictorRequest extends Hosted {
  readonly kind: "predictor";
  readonly weights: StateDict;
}

export interface HostedTrainerRequest extends Hosted {
  readonly kind: "trainer";
  readonly options: TrainerOptions;
}

/** What a thread is started with. */
export type HostedModel = HostedPredictorRequest | HostedTrainerRequest;

/** What a thread does. `open` makes the model and comes first; a model that only answers fails at what one that learns does. */
export interface HostedMethods extends Trainer {
  open(): Promise<void>;
}

/** `told`: an EngineError, in words for the user; `broke`: anything else. */
export type ModelFailure =
  | { readonly kind: "told"; readonly detail: Sentence }
  | { readonly kind: "broke"; readonly message: string };

export const modelErrors: ErrorCodec<ModelFailure> = {
  write: (error) =>
    error instanceof EngineError
      ? { kind: "told", detail: error.detail }
      : { kind: "broke", message: reasonOf(error) },
  read: (failure) => (failure.kind === "told" ? new EngineError(failure.detail) : new Error(failure.message)),
};
