import { z } from "zod";
import type { FromCompare } from "../../../../webview/compare/messages";
import { nameSchema, saveRequestSchema } from "../panelMessages";

/** What a comparison may send. A view is not trusted more than a stranger. */
export const fromCompareSchema: z.ZodType<FromCompare> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello") }),
  z.object({ kind: z.literal("open"), maps: z.string() }),
  z.object({ kind: z.literal("remove"), maps: z.string() }),
  z.object({ kind: z.literal("group"), group: nameSchema }),
  saveRequestSchema,
]);
