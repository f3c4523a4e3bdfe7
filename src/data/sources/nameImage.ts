import { aboutSubject } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";

export interface NamedImage {
  readonly participantId: string;
  readonly sessionId: string;
}

/** `sub-01 ses-M000`, by which people know an image. */
export const imageName = ({ participantId, sessionId }: NamedImage) => `${participantId} ${sessionId}`;

/** The error of reading an image, with the participant and session whose it is. */
export function nameImage(image: NamedImage, error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  return new InputError(error.problems.map((problem) => aboutSubject(imageName(image), problem)));
}
