/** What the trainer and a thread that hosts a model say to each other. */

import type { ErrorCodec } from "../../../messages/contract";
import type { Network } from "../../../network/network";
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

export interface ModelFailure {
  readonly message: string;
  /** An EngineError, whose message is for the user. */
  readonly expected: boolean;
}

export const modelErrors: ErrorCodec<ModelFailure> = {
  write: (error) => ({
    message: error instanceof Error ? error.message : String(error),
    expected: error instanceof EngineError,
  }),
  read: ({ message, expected }) => (expected ? new EngineError(message) : new Error(message)),
};
