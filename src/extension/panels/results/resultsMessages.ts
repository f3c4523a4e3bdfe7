import { z } from "zod";
import type { FromResults } from "../../../../webview/results/messages";
import { nameSchema, saveRequestSchema } from "../panelMessages";

const row = z.int().nonnegative();

/** What the results may send. A view is not trusted more than a stranger. */
export const fromResultsSchema: z.ZodType<FromResults> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello") }),
  z.object({ kind: z.literal("group"), group: nameSchema }),
  z.object({ kind: z.literal("image"), row }),
  z.object({ kind: z.literal("sideBySide"), rows: z.tuple([row, row]) }),
  z.object({ kind: z.literal("map"), row, metric: nameSchema, explanation: nameSchema }),
  z.object({ kind: z.literal("explain") }),
  z.object({ kind: z.literal("report") }),
  z.object({ kind: z.literal("votes"), row, metric: nameSchema }),
  saveRequestSchema,
]);
