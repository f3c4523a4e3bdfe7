import { z } from "zod";
import type { FromInputs } from "../../../../webview/inputs/messages";
import { cancelSchema, saveRequestSchema } from "../panelMessages";

const index = z.int().nonnegative();

/** What an input preview may send. A view is not trusted more than a stranger. */
export const fromInputsSchema: z.ZodType<FromInputs> = z.union([
  z.object({ kind: z.literal("hello") }),
  z.object({ kind: z.literal("open"), file: z.string(), line: z.int().positive().nullable() }),
  z.object({ kind: z.literal("again") }),
  saveRequestSchema,
  z.object({ kind: z.literal("addLayer"), image: index }),
  z.object({
    kind: z.literal("request"),
    id: index,
    name: z.literal("openLayer"),
    args: z.tuple([z.string(), z.int().nonnegative()]),
  }),
  z.object({ kind: z.literal("request"), id: index, name: z.literal("readImage"), args: z.tuple([index]) }),
  z.object({ kind: z.literal("request"), id: index, name: z.literal("readStored"), args: z.tuple([index]) }),
  z.object({
    kind: z.literal("request"),
    id: index,
    name: z.literal("readInput"),
    args: z.tuple([index, index]),
  }),
  z.object({
    kind: z.literal("request"),
    id: index,
    name: z.literal("readDraw"),
    args: z.tuple([index, index, z.object({ split: index, number: index, seed: index })]),
  }),
  cancelSchema,
]);
