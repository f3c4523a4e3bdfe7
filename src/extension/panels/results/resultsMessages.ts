import { z } from "zod";
import type { FromResults } from "../../../../webview/results/messages";
import { saveRequestSchema } from "../panelMessages";

const row = z.int().nonnegative();
/** Names of folders of a MAPS: no way leads out of it. */
const name = z.string().regex(/^[^/\\]+$/);

/** What the results may send. A view is not trusted more than a stranger. */
export const fromResultsSchema: z.ZodType<FromResults> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello") }),
  z.object({ kind: z.literal("group"), group: name }),
  z.object({ kind: z.literal("image"), row }),
  z.object({ kind: z.literal("map"), row, metric: name, explanation: name }),
  z.object({ kind: z.literal("explain") }),
  z.object({ kind: z.literal("report") }),
  z.object({ kind: z.literal("votes"), row, metric: name }),
  saveRequestSchema,
]);
