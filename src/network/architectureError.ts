import { type Sentence, sentenceText } from "./sentence";

/** A network that cannot be built or cannot work. The message is for the user: what, where, and what to do about it. */
export class ArchitectureError extends Error {
  override readonly name: string = "ArchitectureError";

  /**
   * @param where place in the architecture, such as "convolutions[3]" of the user's list or "encoder.3" of the network
   * @param detail what is wrong, one sentence
   * @param remedy what to do about it, one sentence
   */
  constructor(
    readonly where: string,
    readonly detail: Sentence,
    readonly remedy: Sentence,
  ) {
    super(`${where}: ${sentenceText(detail)} ${sentenceText(remedy)}`);
  }
}
