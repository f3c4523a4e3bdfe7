/**
 * The event log of one trained network: `training_logs/events.jsonl`, one JSON object a line, append-only, numbered by `seq`
 * from 0 without gaps. Trainer, tree, panel and status bar all speak this and nothing else.
 * These are the types that follow from eventSchema.ts, which says what each field means; views know the types alone.
 */
import type { z } from "zod";
import type { bestEpochs, eventSchema, jsonMetrics, stoppingState } from "./eventSchema";

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

type Read<Schema extends z.ZodType> = DeepReadonly<z.infer<Schema>>;

export type Metrics = Read<typeof jsonMetrics>;

/** Early stopping after an epoch: stops when `badEpochs` reaches `patience`; `threshold` = best * (1 - tolerance). */
export type StoppingState = Read<typeof stoppingState>;

/** The best epoch so far of each selection metric. */
export type BestEpochs = Read<typeof bestEpochs>;

export type RunEvent = Read<typeof eventSchema>;

/** The event of one kind: `EventOf<"epoch">`. */
export type EventOf<Kind extends RunEvent["kind"]> = Extract<RunEvent, { readonly kind: Kind }>;

type Unnumbered<Event> = Event extends unknown ? Omit<Event, "seq" | "time"> : never;

/** What a trainer says; the log adds number and time. */
export type RunEventBody = Unnumbered<RunEvent>;
export type BodyOf<Kind extends RunEvent["kind"]> = Extract<RunEventBody, { readonly kind: Kind }>;

export type EndReason = EventOf<"end">["reason"];
