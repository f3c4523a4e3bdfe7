import { z } from "zod";
import type { FromTraining } from "../../../webview/training/messages";
import { cancelSchema, nameSchema, saveRequestSchema } from "./panelMessages";

const seq = z.int().nonnegative();

/** What a training panel may send. A view is not trusted more than a stranger. */
export const fromTrainingSchema: z.ZodType<FromTraining> = z.union([
  z.object({ kind: z.literal("hello"), known: z.record(z.string(), seq) }),
  z.object({ kind: z.literal("resync"), track: z.string(), next: seq }),
  z.object({
    kind: z.literal("act"),
    action: z.enum([
      "stop",
      "stopAfterEpoch",
      "resume",
      "submitAgain",
      "cancelJobs",
      "openLog",
      "openExperiment",
      "reveal",
    ]),
  }),
  z.object({ kind: z.literal("job"), track: z.string(), action: z.enum(["openLog", "cancel"]) }),
  z.object({ kind: z.literal("prediction"), group: nameSchema, action: z.enum(["openLog", "cancel"]) }),
  z.object({
    kind: z.literal("next"),
    step: z.enum(["predict", "showResults", "interpret", "compare", "startFrom", "trainAgain"]),
  }),
  z.object({ kind: z.literal("openVolumes"), track: z.string(), name: nameSchema }),
  z.object({
    kind: z.literal("request"),
    id: z.int(),
    name: z.literal("readReconstructions"),
    args: z.tuple([z.string(), seq]),
  }),
  cancelSchema,
  saveRequestSchema,
]);
