import { ReadingError } from "../data/nifti/readingError";
import { EngineError, LibraryError } from "../engine/engine";
import { fileProblem } from "../experiment/file/fileProblem";
import { problem } from "../experiment/problems/makeProblem";
import { phraseOf } from "../experiment/problems/networkSentence";
import { InputError, type Problem } from "../experiment/problems/problem";
import { MapsGone } from "../maps/units/mapsGone";
import { WaitEnded } from "../maps/units/waiting";
import { reasonOf } from "../messages/reasonOf";
import { ArchitectureError } from "../network/architectureError";
import { TrainingError } from "./trainingError";

/** What was thrown, as problems: whatever it was, programs can decide by a code, and it can be said in any language. */
export function failureProblems(failure: unknown): readonly Problem[] {
  if (failure instanceof InputError) return failure.problems;
  if (failure instanceof MapsGone) return [failure.problem];
  if (failure instanceof TrainingError || failure instanceof ReadingError) return [failure.problem];
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
  if (failure instanceof LibraryError) {
    const { library, reason, need } = failure;
    return [problem("engine.cannot-load", {}, { library, reason, need: phraseOf(need) })];
  }
  if (failure instanceof WaitEnded) return [problem("maps.wait-ended", {})];
  if (failure instanceof EngineError) {
    return [problem("engine.failed", {}, { reason: phraseOf(failure.detail) })];
  }
  return [fileProblem(failure) ?? problem("program.failed", {}, { reason: reasonOf(failure) })];
}
