import { resolve } from "node:path";
import type { Problem } from "../../experiment/problems/problem";
import { sentencesOf } from "../../experiment/problems/problem";
import type { Translate } from "../../experiment/problems/words";
import type { CommandReply, ReplyProblem } from "../../run/commandReply";

/** The one line of `--json`. */
export const replyLine = (reply: CommandReply<object>): string => JSON.stringify(reply);

/** A problem for programs: its file by its absolute path, its sentences in the language that was asked for. */
export function asReplyProblem(found: Problem, translate?: Translate): ReplyProblem {
  const { code, severity, file, where = null, key = null } = found;
  return {
    code,
    severity,
    file: file === undefined ? null : resolve(file),
    where,
    key,
    ...sentencesOf(found, translate),
  };
}
