import { z } from "zod";
import type { FromNifti } from "../../../../webview/nifti/messages";
import { addLayerSchema, cancelSchema, openLayerSchema, saveRequestSchema } from "../panelMessages";

/** What an image editor may send. A view is not trusted more than a stranger. */
export const fromNiftiSchema: z.ZodType<FromNifti> = z.union([
  z.object({ kind: z.literal("hello") }),
  addLayerSchema,
  saveRequestSchema,
  z.object({
    kind: z.literal("request"),
    id: z.int(),
    name: z.literal("readVolume"),
    args: z.tuple([z.int().nonnegative(), z.boolean()]),
  }),
  openLayerSchema,
  cancelSchema,
]);
