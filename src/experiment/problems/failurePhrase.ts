/** A failure that was kept, as words: apart from its schema, so that who says it needs no zod. */
import type { KeptFailure } from "./keptProblem";
import { problemPhrase } from "./problem";
import { PROBLEMS, type ProblemCode } from "./table";
import type { Phrase } from "./words";

/** What failed, to be said in any language; in English where a trainer wrote that knew sentences only, or codes that this one does not. */
export function failurePhrase({ message, problems = [] }: KeptFailure): Phrase {
  const told = problems.flatMap(({ code, file, where, ...said }) =>
    isCode(code) ? [problemPhrase({ file, where, said: { ...PROBLEMS[code], ...said } })] : [],
  );
  if (told.length === 0 || told.length < problems.length)
    return { template: "{message}", values: { message } };
  return {
    template: told.map((_, place) => `{${place}}`).join("\n"),
    values: Object.fromEntries(told.entries()),
  };
}

const isCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
