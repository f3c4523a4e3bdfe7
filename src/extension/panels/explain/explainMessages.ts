import { z } from "zod";
import type { FromExplain } from "../../../../webview/explain/messages";
import { addLayerSchema, cancelSchema, openLayerSchema, saveRequestSchema } from "../panelMessages";

/** What the view of an explanation may send. A view is not trusted more than a stranger. */
export const fromExplainSchema: z.ZodType<FromExplain> = z.union([
  z.object({ kind: z.literal("hello") }),
  addLayerSchema,
  z.object({ kind: z.literal("other"), index: z.int().nonnegative() }),
  saveRequestSchema,
  z.object({
    kind: z.literal("request"),
    id: z.int(),
    name: z.literal("show"),
    args: z.tuple([z.int().gte(-1), z.int().nonnegative()]),
  }),
  openLayerSchema,
  cancelSchema,
]);
