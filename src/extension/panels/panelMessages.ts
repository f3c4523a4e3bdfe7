/** Messages that more than one view may send. A view is not trusted more than a stranger. */
import { z } from "zod";
import type { Cancel } from "../../messages/contract";

/** The name of a file or folder: no way leads out of where it stands. */
export const nameSchema = z.string().regex(/^(?!\.\.?$)[^/\\]+$/);

/** A file that a view made: its content goes where the user says, its name is only suggested. */
export const saveRequestSchema = z.object({
  kind: z.literal("save"),
  name: nameSchema,
  content: z.union([z.string(), z.instanceof(Uint8Array<ArrayBuffer>)]),
});

/** A request that the view does not wait for any more. */
export const cancelSchema = z.object({
  kind: z.literal("cancel"),
  id: z.int(),
}) satisfies z.ZodType<Cancel>;

/** Of a view over whose image others are laid: the user wants another one, and will be asked which. */
export const addLayerSchema = z.object({ kind: z.literal("addLayer") });

/** A volume (from 0) of a layer, by its URI. */
export const openLayerSchema = z.object({
  kind: z.literal("request"),
  id: z.int(),
  name: z.literal("openLayer"),
  args: z.tuple([z.string(), z.int().nonnegative()]),
});
