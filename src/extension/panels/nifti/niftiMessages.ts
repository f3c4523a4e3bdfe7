import { z } from "zod";
import type { FromNifti } from "../../../../webview/nifti/messages";

/** What an image editor may send. A view is not trusted more than a stranger. */
export const fromNiftiSchema: z.ZodType<FromNifti> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello"), protocol: z.int() }),
  z.object({ kind: z.literal("read"), volume: z.int().nonnegative(), anyway: z.boolean() }),
]);
