import { describeProblem, type Problem } from "../../experiment/problems/problem";

/** An image was not read, and not for what it is: the program that reads failed. */
export class ReadingError extends Error {
  override readonly name = "ReadingError";

  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(describeProblem(problem), options);
  }
}
