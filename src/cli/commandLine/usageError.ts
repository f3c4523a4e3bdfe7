import { problem } from "../../experiment/problems/makeProblem";
import { describeProblem, type Problem } from "../../experiment/problems/problem";
import type { ProblemValues } from "../../experiment/problems/table";
import type { USAGE_PROBLEMS } from "../../experiment/problems/usage";

/** The words of the command line make no sense: its problem says which, the usage line follows. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly problem: Problem;

  constructor(found: Problem) {
    super(describeProblem(found));
    this.problem = found;
  }
}

/** Why the words cannot be taken. */
export function misuse<Code extends keyof typeof USAGE_PROBLEMS>(
  code: Code,
  ...values: ProblemValues<Code>
): UsageError {
  return new UsageError(problem(code, {}, ...values));
}
