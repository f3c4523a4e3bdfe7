import { EngineError } from "../../engine/engine";
import { fileProblem } from "../../experiment/file/fileProblem";
import { problem } from "../../experiment/problems/makeProblem";
import { phraseOf } from "../../experiment/problems/networkSentence";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { ArchitectureError } from "../../network/architectureError";
import { EXIT, type ExitCode } from "../../run/exitCodes";
import { TrainingError } from "../../training/trainingError";
import { UsageError } from "../commandLine/usageError";

/** What was thrown, as problems: whatever it was, programs can decide by a code. */
export function problemsOf(failure: unknown): readonly Problem[] {
  if (failure instanceof InputError) return failure.problems;
  if (failure instanceof UsageError) return [failure.problem];
  if (failure instanceof ArchitectureError) {
    const { where, detail, remedy } = failure;
    return [
      problem(
        "architecture.refused",
        { where },
        { place: null, detail: phraseOf(detail), remedy: phraseOf(remedy) },
      ),
    ];
  }
  const reason = failure instanceof Error ? failure.message : String(failure);
  if (failure instanceof EngineError) {
    return [problem("engine.failed", {}, { reason: phraseOf(failure.detail) })];
  }
  if (failure instanceof TrainingError) {
    return [problem("training.failed", {}, { split: null, network: null, reason })];
  }
  return [fileProblem(failure) ?? problem("program.failed", {}, { reason })];
}

/** Bad input is the user's to correct, and the same command would fail again. */
export const exitCodeOfFailure = (failure: unknown): ExitCode =>
  failure instanceof InputError || failure instanceof UsageError ? EXIT.badInput : EXIT.failed;
