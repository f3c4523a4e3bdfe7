/** What an event may hold, said once: the types (events.ts) and the codec (eventCodec.ts) follow from it. */
import { z } from "zod";
import { keptProblems } from "../experiment/problems/keptProblem";
import { LEFT_OUT_REASONS } from "../statistics/dataFlow";
import { TASK_NAMES } from "../statistics/task";
import { NON_FINITE } from "./jsonNumber";

/** A number as it was before `writeNonFinite`. */
export const jsonNumber = z.union([z.number(), z.enum(NON_FINITE).transform((word) => Number(word))]);

export const jsonMetrics = z.record(z.string(), jsonNumber).readonly();

export const endReason = z.enum([
  /** All epochs were run. */
  "completed",
  "early_stopping",
  /** On request (stop file, or one of the signals of stopSignal.ts); can be resumed. */
  "stopped",
  /** The validation loss was not a number. */
  "nan",
  "failed",
]);

/** Shared with the checkpoints. */
export const bestEpochs = z
  .record(
    z.string(),
    z.object({
      epoch: z.number(),
      value: jsonNumber,
      /** The whole validation row of that epoch. */
      validation: jsonMetrics,
      /** Of these: those that have no value. Absent where all have one, and in what the first version wrote. */
      undefinedMetrics: z.array(z.string()).readonly().optional(),
    }),
  )
  .readonly();

/** Metrics that an evaluation leaves without a value, though ClinicaDL's number stands there. Absent where all have one. */
const undefinedMetrics = z.object({ train: z.array(z.string()), validation: z.array(z.string()) }).optional();

/** Shared with the checkpoints. */
export const stoppingState = z.object({
  best: jsonNumber.nullable(),
  badEpochs: z.number(),
  patience: z.number(),
  tolerance: z.number(),
  threshold: jsonNumber.nullable(),
});

const count = z.object({ people: z.number(), sessions: z.number() });

const setFlow = z.object({
  rows: count,
  used: count,
  classes: z.array(count.extend({ name: z.string() })),
  leftOut: z.array(count.extend({ reason: z.enum(LEFT_OUT_REASONS), examples: z.array(z.string()) })),
});

const numbered = z.object({
  seq: z.int().nonnegative(),
  /** Milliseconds since 1970. */
  time: z.number(),
});

const start = numbered.extend({
  kind: z.literal("start"),
  split: z.number(),
  /** Part index of a multi-network run, null otherwise. */
  network: z.number().nullable(),
  task: z.enum(TASK_NAMES),
  architecture: z.string(),
  engine: z.string(),
  device: z.string(),
  threads: z.number(),
  /** A graphics card that is there and could not be used, by its name. */
  idleCard: z.string().optional(),
  epochs: z.number(),
  batchesPerEpoch: z.number(),
  batchSize: z.number(),
  accumulationSteps: z.number(),
  trainSamples: z.number(),
  validationSamples: z.number(),
  selectionMetrics: z.array(z.string()),
  patience: z.number(),
  tolerance: z.number(),
  /** Class names by code; sensitivity and specificity speak of `classes[0]`. Empty unless classification. */
  classes: z.array(z.string()),
  /** Who is in the sets of the split, and who was left out. The first version did not say; a newer one may know other reasons. */
  flow: z.object({ train: setFlow, validation: setFlow, outer: setFlow.optional() }).nullable().catch(null),
  /** Set when this is a resumption: the first epoch and batch that follow. */
  resumedAt: z.object({ epoch: z.number(), batch: z.number() }).nullable(),
});

/** A micro-batch was accumulated: its mean loss, its number of samples, its duration in seconds. */
const batch = numbered.extend({
  kind: z.literal("batch"),
  epoch: z.number(),
  batch: z.number(),
  loss: jsonNumber,
  samples: z.number(),
  seconds: z.number(),
});

/** The network is being evaluated; drawn as a state, not as a value. */
const evaluating = numbered.extend({
  kind: z.literal("evaluating"),
  epoch: z.number(),
  set: z.enum(["train", "validation"]),
  done: z.number(),
  of: z.number(),
});

/** Evaluation within an epoch, every `evaluation_steps` weight updates. */
const evaluation = numbered.extend({
  kind: z.literal("evaluation"),
  epoch: z.number(),
  batch: z.number(),
  train: jsonMetrics,
  validation: jsonMetrics,
  undefinedMetrics,
});

const epoch = numbered.extend({
  kind: z.literal("epoch"),
  epoch: z.number(),
  /** Index of the last batch of the epoch. */
  batch: z.number(),
  seconds: z.number(),
  /** Of these: those in which the device had nothing to compute because its images were not ready. The first version did not say. */
  waited: z.number().optional(),
  train: jsonMetrics,
  validation: jsonMetrics,
  undefinedMetrics,
  /** Validation confusion matrix, rows true, columns predicted, by class code; null unless classification. */
  confusion: z.array(z.array(z.number())).nullable(),
  /** Metrics whose best value this epoch improved. */
  improved: z.array(z.string()),
  best: bestEpochs,
  stopping: stoppingState,
  learningRate: jsonNumber,
});

/** Validation images as the network reconstructs them after a best epoch: what is seen of them is kept, in files beside the log. */
const reconstruction = numbered.extend({
  kind: z.literal("reconstruction"),
  epoch: z.number(),
  images: z.array(
    z.object({
      /** That of its volumes, before `_input.nii.gz`. */
      name: z.string(),
      participantId: z.string(),
      sessionId: z.string(),
      /** Number of the patch, region or slice; null for a whole image. */
      part: z.number().nullable(),
      loss: jsonNumber,
      metrics: jsonMetrics,
    }),
  ),
});

const end = numbered.extend({
  kind: z.literal("end"),
  reason: endReason,
  epochs: z.number(),
  /** Batches that were done of the epoch after those: a stop may come within one. The first version did not say. */
  batches: z.number().default(0),
  /** What failed, in English; "" for any other reason, whose sentence the reader makes. The first version wrote one. */
  message: z.string(),
  problems: keptProblems,
});

const kinds = [start, batch, evaluating, evaluation, epoch, reconstruction, end] as const;
export const eventSchema = z.discriminatedUnion("kind", kinds);

/** The kinds that this Gyrus knows; a newer one may write others. */
export const EVENT_KINDS: ReadonlySet<string> = new Set(kinds.map(({ shape }) => shape.kind.value));
