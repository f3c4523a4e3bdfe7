/** What every command prints with `--json`: one object on stdout, also when it fails. Written by the commands, read by the editor. */
import { z } from "zod";

/** A problem as programs read it: `code` is what to decide by; null stands for "nowhere in particular". */
const replyProblem = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "notice"]),
  file: z.string().nullable(),
  where: z.string().nullable(),
  key: z.string().nullable(),
  message: z.string(),
  remedy: z.string(),
});
export type ReplyProblem = Readonly<z.infer<typeof replyProblem>>;

/** Done, with what came of it; or not, with every problem. What was finished before a failure stands in the MAPS. */
export type CommandReply<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly problems: readonly ReplyProblem[] };

/** What was found, where a command looks for what is wrong. */
export const found = z.array(replyProblem);

/** What a command warned of stands in its result. */
export const warned = z.object({ warnings: z.array(replyProblem) });

/** What `output`, the stdout of a command, says; null where it is no reply, or its result is not what `result` expects. */
export function readReply<Result>(result: z.ZodType<Result>, output: string): CommandReply<Result> | null {
  const reply = z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), result }),
    z.object({ ok: z.literal(false), problems: z.array(replyProblem) }),
  ]);
  try {
    return reply.safeParse(JSON.parse(output)).data ?? null;
  } catch {
    return null;
  }
}
