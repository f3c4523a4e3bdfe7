/**
 * Problems as they are kept on disk: by code and values, to be said later (failurePhrase.ts) in the language of whoever reads them.
 */
import { z } from "zod";
import { describeProblem, type Problem } from "./problem";
import type { Phrase, Value } from "./words";

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.number(), z.null(), phrase, z.array(z.union([z.string(), z.number(), phrase]))]),
);
const phrase: z.ZodType<Phrase> = z.object({ template: z.string(), values: z.record(z.string(), value) });

const keptProblem = z.object({
  code: z.string(),
  file: z.string().optional(),
  where: z.string().optional(),
  subject: z.string().optional(),
  values: z.record(z.string(), value),
  hint: phrase.optional(),
});
type KeptProblem = Readonly<z.infer<typeof keptProblem>>;

/** `problems` of what failed; absent of what did not, and where a trainer wrote that knew sentences only. */
export const keptProblems = z.array(keptProblem).readonly().optional();

/** What failed, as it stands in a record or a log: in English, "" for nothing, and as what it says in any language. */
export interface KeptFailure {
  readonly message: string;
  readonly problems?: readonly KeptProblem[] | undefined;
}

const NO_FAILURE: KeptFailure = { message: "" };

/** What is kept of the problems of a failure; of none, that there was none. */
export function keepFailure(problems: readonly Problem[]): KeptFailure {
  if (problems.length === 0) return NO_FAILURE;
  return { message: problems.map(describeProblem).join("\n"), problems: problems.map(keep) };
}

function keep({ code, file, where, said: { subject, values, hint } }: Problem): KeptProblem {
  const json = JSON.stringify({ code, file, where, subject, values, hint }, (_key, given: unknown) =>
    // JSON has no NaN.
    typeof given === "number" && !Number.isFinite(given) ? String(given) : given,
  );
  return keptProblem.parse(JSON.parse(json));
}
