import { InputError, type Problem } from "../../experiment/problems/problem";
import { WaitEnded } from "../../maps/units/waiting";
import { EXIT, type ExitCode } from "../../run/exitCodes";
import { failureProblems } from "../../training/failureProblems";
import { UsageError } from "../commandLine/usageError";

/** What was thrown by a command, as problems: whatever it was, programs can decide by a code. */
export const problemsOf = (failure: unknown): readonly Problem[] =>
  failure instanceof UsageError ? [failure.problem] : failureProblems(failure);

/** Bad input is the user's to correct, and the same command would fail again. */
export function exitCodeOfFailure(failure: unknown): ExitCode {
  if (failure instanceof WaitEnded) return EXIT.stopped;
  return failure instanceof InputError || failure instanceof UsageError ? EXIT.badInput : EXIT.failed;
}
