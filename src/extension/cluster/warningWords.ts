/** What a cluster takes and does not start, as `gyrus submit` warns of it. */
import type { ReplyProblem } from "../../run/commandReply";
import { problemWords } from "../problemWords";

/**
 * "" where there is nothing of it. Warnings of the experiment stand in its editor; the file of the profile was made for this moment, and
 * says nothing to anybody.
 */
export const warningWords = (warnings: readonly ReplyProblem[]): string =>
  problemWords(
    warnings.filter(({ code }) => code.startsWith("cluster.")).map((one) => ({ ...one, file: null })),
  );
