import { z } from "zod";
import type { FromRuns } from "../../../../webview/runs/messages";
import { runNote } from "../../../maps/folder/runNotes";
import { nameSchema, saveRequestSchema } from "../panelMessages";

const several = z.array(z.string()).readonly();

/** What a run table may send. A view is not trusted more than a stranger. */
export const fromRunsSchema: z.ZodType<FromRuns> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello") }),
  z.object({ kind: z.literal("open"), maps: z.string() }),
  z.object({ kind: z.literal("compare"), maps: several }),
  z.object({ kind: z.literal("note"), maps: several, change: runNote }),
  z.object({ kind: z.literal("rename"), maps: z.string() }),
  z.object({ kind: z.literal("delete"), maps: several }),
  z.object({ kind: z.literal("restore") }),
  z.object({ kind: z.literal("group"), group: nameSchema }),
  saveRequestSchema,
]);
