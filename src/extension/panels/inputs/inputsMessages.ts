import { z } from "zod";
import type { FromInputs } from "../../../../webview/inputs/messages";

const index = z.int().nonnegative();

/** What an input preview may send. A view is not trusted more than a stranger. */
export const fromInputsSchema: z.ZodType<FromInputs> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello"), protocol: z.int() }),
  z.object({ kind: z.literal("image"), image: index }),
  z.object({ kind: z.literal("input"), image: index, part: index, seed: index.nullable() }),
  z.object({ kind: z.literal("open"), file: z.string(), line: z.int().positive().nullable() }),
  z.object({ kind: z.literal("again") }),
]);
