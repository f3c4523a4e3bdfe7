import { describeProblem, type Problem } from "../experiment/problems/problem";

/** A training that cannot go on. What was finished stays. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";

  constructor(readonly problem: Problem) {
    super(describeProblem(problem));
  }
}
