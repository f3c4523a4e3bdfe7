import { z } from "zod";
import type { FromTraining } from "../../../webview/training/messages";

const seq = z.int().nonnegative();

/** A file that a view made: its content goes where the user says, its name is only suggested. */
export const saveRequestSchema = z.object({
  kind: z.literal("save"),
  name: z.string().regex(/^[^/\\]+$/),
  content: z.union([z.string(), z.instanceof(Uint8Array<ArrayBuffer>)]),
});

/** What a training panel may send. A view is not trusted more than a stranger. */
export const fromTrainingSchema: z.ZodType<FromTraining> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello"), protocol: z.int(), known: z.record(z.string(), seq) }),
  z.object({ kind: z.literal("resync"), track: z.string(), next: seq }),
  z.object({
    kind: z.literal("act"),
    action: z.enum(["stop", "stopAfterEpoch", "resume", "openLog", "openExperiment", "reveal"]),
  }),
  saveRequestSchema,
]);
