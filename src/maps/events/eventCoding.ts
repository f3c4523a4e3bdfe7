/** Events as lines of JSON and back. What a line may hold is checked here, once, at the border. */
import { z } from "zod";
import { jsonMetrics, jsonNumber, writeNonFinite } from "../folder/jsonNumber";
import type { RunEvent } from "./events";

export function formatEvent(event: RunEvent): string {
  return `${JSON.stringify(event, writeNonFinite)}\n`;
}

const start = z.object({
  kind: z.literal("start"),
  split: z.number(),
  network: z.number().nullable(),
  task: z.enum(["classification", "regression", "reconstruction"]),
  architecture: z.string(),
  engine: z.string(),
  device: z.string(),
  threads: z.number(),
  epochs: z.number(),
  batchesPerEpoch: z.number(),
  batchSize: z.number(),
  accumulationSteps: z.number(),
  trainSamples: z.number(),
  validationSamples: z.number(),
  selectionMetrics: z.array(z.string()),
  patience: z.number(),
  tolerance: z.number(),
  classes: z.array(z.string()),
  resumedAt: z.object({ epoch: z.number(), batch: z.number() }).nullable(),
});
const batch = z.object({
  kind: z.literal("batch"),
  epoch: z.number(),
  batch: z.number(),
  loss: jsonNumber,
  samples: z.number(),
  seconds: z.number(),
});
const evaluating = z.object({
  kind: z.literal("evaluating"),
  epoch: z.number(),
  set: z.enum(["train", "validation"]),
  done: z.number(),
  of: z.number(),
});
const evaluation = z.object({
  kind: z.literal("evaluation"),
  epoch: z.number(),
  batch: z.number(),
  train: jsonMetrics,
  validation: jsonMetrics,
});
/** Shared with the checkpoints. */
export const bestEpochs = z
  .record(z.string(), z.object({ epoch: z.number(), value: jsonNumber, validation: jsonMetrics }))
  .readonly();
export const stoppingState = z.object({
  best: jsonNumber.nullable(),
  badEpochs: z.number(),
  patience: z.number(),
  tolerance: z.number(),
  threshold: jsonNumber.nullable(),
});
const epoch = z.object({
  kind: z.literal("epoch"),
  epoch: z.number(),
  batch: z.number(),
  seconds: z.number(),
  train: jsonMetrics,
  validation: jsonMetrics,
  confusion: z.array(z.array(z.number())).nullable(),
  improved: z.array(z.string()),
  best: bestEpochs,
  stopping: stoppingState,
  learningRate: jsonNumber,
});
const end = z.object({
  kind: z.literal("end"),
  reason: z.enum(["completed", "early_stopping", "stopped", "nan", "failed"]),
  epochs: z.number(),
  message: z.string(),
});

const numbered = { seq: z.int().nonnegative(), time: z.number() };
const eventSchema: z.ZodType<RunEvent> = z.discriminatedUnion("kind", [
  start.extend(numbered),
  batch.extend(numbered),
  evaluating.extend(numbered),
  evaluation.extend(numbered),
  epoch.extend(numbered),
  end.extend(numbered),
]);
const KINDS: ReadonlySet<unknown> = new Set<RunEvent["kind"]>([
  "start",
  "batch",
  "evaluating",
  "evaluation",
  "epoch",
  "end",
]);
const anyEvent = z.object({ kind: z.string(), seq: z.number() });

export type ParsedLine =
  | { readonly event: RunEvent }
  /** A kind of a newer Gyrus. */
  | { readonly unknown: string }
  | { readonly problem: string };

/** One line of a log, without its line feed. Never throws. */
export function parseEvent(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: "is not JSON" };
  }
  const known = anyEvent.safeParse(value);
  if (!known.success) return { problem: "is not an event" };
  if (!KINDS.has(known.data.kind)) return { unknown: known.data.kind };
  const event = eventSchema.safeParse(value);
  if (event.success) return { event: event.data };
  const [issue] = event.error.issues;
  return { problem: `has a wrong ${issue?.path.join(".") ?? "value"}: ${issue?.message ?? ""}` };
}
