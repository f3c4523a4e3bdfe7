/** A training that cannot go on. What was finished stays. The message is for the user. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  constructor(
    what: string,
    readonly remedy: string,
  ) {
    super(`${what} ${remedy}`);
  }
}
