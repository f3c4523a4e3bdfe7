/**
 * The event log of one trained network: `training_logs/events.jsonl`, one JSON object a line, append-only, numbered by `seq`
 * from 0 without gaps. Trainer, tree, panel and status bar all speak this and nothing else.
 * JSON has no NaN: non-finite numbers are written as the strings "NaN", "Infinity" and "-Infinity".
 */

export type Metrics = Readonly<Record<string, number>>;

export type EndReason =
  /** All epochs were run. */
  | "completed"
  | "early_stopping"
  /** On request (stop file, SIGINT, SIGTERM); can be resumed. */
  | "stopped"
  /** The validation loss was not a number. */
  | "nan"
  | "failed";

/** Early stopping after an epoch: stops when `badEpochs` reaches `patience`; `threshold` = best * (1 - tolerance). */
export interface StoppingState {
  readonly best: number | null;
  readonly badEpochs: number;
  readonly patience: number;
  readonly tolerance: number;
  readonly threshold: number | null;
}

/** The best epoch so far of one selection metric, with the whole validation row of that epoch. */
export interface BestEpoch {
  readonly epoch: number;
  readonly value: number;
  readonly validation: Metrics;
}

export type RunEventBody =
  | {
      readonly kind: "start";
      readonly split: number;
      /** Part index of a multi-network run, null otherwise. */
      readonly network: number | null;
      readonly task: "classification" | "regression" | "reconstruction";
      readonly architecture: string;
      readonly engine: string;
      readonly device: string;
      readonly threads: number;
      readonly epochs: number;
      readonly batchesPerEpoch: number;
      readonly batchSize: number;
      readonly accumulationSteps: number;
      readonly trainSamples: number;
      readonly validationSamples: number;
      readonly selectionMetrics: readonly string[];
      readonly patience: number;
      readonly tolerance: number;
      /** Class names by code; sensitivity and specificity speak of `classes[0]`. Empty unless classification. */
      readonly classes: readonly string[];
      /** Set when this is a resumption: the first epoch and batch that follow. */
      readonly resumedAt: { readonly epoch: number; readonly batch: number } | null;
    }
  /** A micro-batch was accumulated: its mean loss, its number of samples, its duration in seconds. */
  | {
      readonly kind: "batch";
      readonly epoch: number;
      readonly batch: number;
      readonly loss: number;
      readonly samples: number;
      readonly seconds: number;
    }
  /** The network is being evaluated; drawn as a state, not as a value. */
  | {
      readonly kind: "evaluating";
      readonly epoch: number;
      readonly set: "train" | "validation";
      readonly done: number;
      readonly of: number;
    }
  /** Evaluation within an epoch, every `evaluation_steps` weight updates. */
  | {
      readonly kind: "evaluation";
      readonly epoch: number;
      readonly batch: number;
      readonly train: Metrics;
      readonly validation: Metrics;
    }
  | {
      readonly kind: "epoch";
      readonly epoch: number;
      /** Index of the last batch of the epoch. */
      readonly batch: number;
      readonly seconds: number;
      readonly train: Metrics;
      readonly validation: Metrics;
      /** Validation confusion matrix, rows true, columns predicted, by class code; null unless classification. */
      readonly confusion: readonly (readonly number[])[] | null;
      /** Metrics whose best value this epoch improved. */
      readonly improved: readonly string[];
      readonly best: Readonly<Record<string, BestEpoch>>;
      readonly stopping: StoppingState;
      readonly learningRate: number;
    }
  | { readonly kind: "end"; readonly reason: EndReason; readonly epochs: number; readonly message: string };

/** `time`: milliseconds since 1970. */
export type RunEvent = RunEventBody & { readonly seq: number; readonly time: number };
