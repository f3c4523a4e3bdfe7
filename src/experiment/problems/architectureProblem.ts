import { ArchitectureError } from "../../network/architectureError";
import { refuse } from "./makeProblem";
import { phraseOf } from "./networkSentence";
import { placeWords } from "./placeWords";
import type { InputError } from "./problem";

/** What the network room refuses, as bad input at the key `where`; anything else as it was thrown. */
export function asInputError(error: unknown, where: string, file?: string): InputError {
  if (!(error instanceof ArchitectureError)) throw error;
  const { where: place, detail, remedy } = error;
  return refuse(
    "architecture.refused",
    { file, where },
    { place: placeWords(place), detail: phraseOf(detail), remedy: phraseOf(remedy) },
  );
}
