/** What the trainer and a thread that hosts a model say to each other. */
import type { Network } from "../../../network/network";
import type { Model, ModelOptions, Objective } from "../../engine";
import type { OnnxModelSettings } from "../onnxModel";

/** What a thread is started with. */
export interface HostedModel {
  readonly network: Network;
  readonly objective: Objective;
  readonly options: ModelOptions;
  readonly settings: OnnxModelSettings;
}

/** A call of one of the methods of a model. */
export type ModelCall = {
  [Method in keyof Model]: { readonly method: Method; readonly args: Parameters<Model[Method]> };
}[keyof Model];

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
