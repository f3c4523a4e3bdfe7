/** What the trainer and a thread that hosts a model say to each other. */
import type { Network } from "../../../network/network";
import type { StateDict } from "../../../network/tensor";
import type { Predictor, Trainer, TrainerOptions } from "../../engine";
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

type CallOf<Model, Methods extends keyof Model = keyof Model> = {
  [Method in Methods]: Model[Method] extends (...args: infer Args) => unknown
    ? { readonly method: Method; readonly args: Args }
    : never;
}[Methods];

/** A call of one of the methods of a model that answers. */
export type PredictorCall = CallOf<Predictor>;
/** A call of one of the methods that only a model that learns has. */
export type TrainerCall = CallOf<Trainer, Exclude<keyof Trainer, keyof Predictor>>;
export type ModelCall = PredictorCall | TrainerCall;

export interface ModelRequest {
  readonly id: number;
  readonly call: ModelCall;
}

/** Number of the reply that says that the model is there, or why it cannot be. Calls are numbered from 1. */
export const CREATED = 0;

export type ModelReply = { readonly id: number } & (
  | { readonly kind: "done"; readonly value: unknown }
  | {
      readonly kind: "failed";
      readonly message: string;
      /** An EngineError, whose message is for the user. */
      readonly expected: boolean;
    }
);
